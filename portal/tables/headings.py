"""Where the headings stand, and which column is which."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.tables.columns import CellError, Column, Table
from search.text import name_key

HEADING_ROWS = 15
_ORNAMENTS = " *:"


@dataclass(frozen=True, slots=True)
class Headings:
    """The row (by its place among the rows given) and the columns (from 0) by name.

    `converted` are the columns whose heading was in an old font.
    """

    index: int
    places: Mapping[str, int]
    texts: Mapping[str, str]
    converted: frozenset[int]

    @classmethod
    def find(
        cls,
        table: Table,
        rows: Sequence[Sequence[str]],
        numbers: Sequence[int],
        columns: Sequence[Column],
        convert: Callable[[str], str],
    ) -> Headings | None:
        """Look among the first rows; `None`, with errors in the table, if they do not fit.

        `convert` is for texts in an old font; headings above them may be typed in Unicode.
        """
        known = {heading for column in columns for heading in column.headings}
        first = [_in_unicode(cells, known, convert) for cells in rows[:HEADING_ROWS]]
        index = _row_of(first, known)
        if index is None:
            table.errors.append(CellError(table.sheet, None, "", _missing(columns)))
            return None
        cells = first[index]
        places = _places(table, cells, numbers[index], columns)
        if places is None:
            return None
        changed = frozenset(i for i in places.values() if cells[i] != rows[index][i])
        texts = {name: cells[place] for name, place in places.items()}
        return cls(index, places, texts, changed)


def _key(text: str) -> str:
    """A heading as it is compared; forms mark what must be filled with a star."""
    return name_key(text).removesuffix("(*)").strip(_ORNAMENTS)


def _in_unicode(
    cells: Sequence[str], known: Container[str], convert: Callable[[str], str]
) -> list[str]:
    """A row of headings; one that only makes sense when converted shows the font of the others."""
    pairs = [(cell, convert(cell)) for cell in cells]
    old = any(_key(cell) not in known and _key(changed) in known for cell, changed in pairs)
    return [changed if old and _key(cell) not in known else cell for cell, changed in pairs]


def _row_of(rows: Sequence[Sequence[str]], known: Container[str]) -> int | None:
    """The row that holds most of the headings."""
    scores = [sum(_key(cell) in known for cell in cells) for cells in rows]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def _missing(columns: Sequence[Column]) -> str:
    names = ", ".join(f"“{column.headings[0]}”" for column in columns if column.required)
    return _("No row holds the headings. Needed: %(names)s.") % {"names": names}


def _places(
    table: Table, cells: Sequence[str], number: int, columns: Sequence[Column]
) -> dict[str, int] | None:
    """Where each column stands; `None` when a heading is missing or doubled."""
    places: dict[str, int] = {}
    errors: list[CellError] = []
    for column in columns:
        found = [i for i, cell in enumerate(cells) if _key(cell) in column.headings]
        if len(found) > 1:
            doubled = _("The heading stands twice.")
            errors.append(CellError(table.sheet, number, cells[found[1]], doubled))
        elif found:
            places[column.name] = found[0]
        elif column.required:
            missing = _("The column is missing.")
            errors.append(CellError(table.sheet, number, column.headings[0], missing))
    table.errors += errors
    used = set(places.values())
    table.ignored += [cell for i, cell in enumerate(cells) if cell and i not in used]
    return None if errors else places
