"""Where the headings stand, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.tables.columns import CellError, Column
from search.text import name_key

HEADING_ROWS = 15
_ORNAMENTS = " *:"
_BETWEEN = re.compile(r"\s*[/,;]\s*|\s+-\s+")
Convert = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Headings:
    """The lowest row of headings (by its place among the rows given) and the columns (from 0).

    `converted` are the columns whose heading was in an old font. With `errors` they do not fit;
    `score` says how many columns were found all the same.
    """

    index: int
    places: Mapping[str, int]
    texts: Mapping[str, str]
    converted: frozenset[int]
    errors: tuple[CellError, ...]
    ignored: tuple[str, ...]
    score: int

    @classmethod
    def find(
        cls,
        sheet: str,
        rows: Sequence[Sequence[str]],
        numbers: Sequence[int],
        columns: Sequence[Column],
        convert: Convert,
    ) -> Headings:
        """Look among the first rows, also at two that belong together.

        `convert` is for texts in an old font; headings above them may be typed in Unicode.
        """
        known = known_keys(columns)
        best, most = None, 0
        for line in _lines(rows, numbers, known, convert):
            score = sum(bool(_places(line.cells, column)) for column in columns)
            if score > most:
                best, most = line, score
        if best is None:
            error = CellError(sheet, None, "", _missing(columns))
            return cls(0, {}, {}, frozenset(), (error,), (), 0)
        return _fitted(sheet, best, numbers[best.index], columns, most)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row read as headings, in Unicode; `changed` are the columns that were not."""

    index: int
    cells: tuple[str, ...]
    changed: frozenset[int]


def key_of(text: str) -> str:
    """A heading as it is compared: «Thôn/Tổ dân phố (*)» is `thon, to dan pho`."""
    bare = name_key(text.replace("\u00ad", "")).removesuffix("(*)").strip(_ORNAMENTS)
    return _BETWEEN.sub(", ", bare)


def known_keys(columns: Sequence[Column]) -> frozenset[str]:
    """All headings that are asked for, as they are compared."""
    return frozenset(key_of(heading) for column in columns for heading in column.headings)


def _lines(
    rows: Sequence[Sequence[str]],
    numbers: Sequence[int],
    known: Container[str],
    convert: Convert,
) -> Iterator[_Line]:
    """Each of the first rows alone, then under the one above it, where cells may be merged."""
    above: _Line | None = None
    for index, given in enumerate(rows[:HEADING_ROWS]):
        cells = _in_unicode(given, known, convert)
        changed = frozenset(i for i, cell in enumerate(cells) if cell != given[i])
        line = _Line(index, cells, changed)
        yield line
        if above is not None and numbers[index] == numbers[above.index] + 1:
            yield _under(above, line, known)
        above = line


def _under(above: _Line, below: _Line, known: Container[str]) -> _Line:
    """Two rows as one: «Địa chỉ» over «Thôn» and «Xã», or «Họ và tên» over «chủ hộ»."""
    cells = []
    for place in range(max(len(above.cells), len(below.cells))):
        first, second = (_at(line.cells, place) for line in (above, below))
        whole = f"{first} {second}".strip()
        ways = (second, whole, first)
        cells.append(next((way for way in ways if key_of(way) in known), whole))
    return _Line(below.index, tuple(cells), above.changed | below.changed)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _in_unicode(cells: Sequence[str], known: Container[str], convert: Convert) -> tuple[str, ...]:
    """A row of headings; one that only makes sense when converted shows the font of the others."""
    pairs = [(cell, convert(cell)) for cell in cells]
    old = any(key_of(cell) not in known and key_of(changed) in known for cell, changed in pairs)
    return tuple(changed if old and key_of(cell) not in known else cell for cell, changed in pairs)


def _places(cells: Sequence[str], column: Column) -> list[int]:
    keys = {key_of(heading) for heading in column.headings}
    return [place for place, cell in enumerate(cells) if key_of(cell) in keys]


def _missing(columns: Sequence[Column]) -> str:
    names = ", ".join(f"“{column.shown}”" for column in columns if column.required)
    return _("No row holds the headings. Needed: %(names)s.") % {"names": names}


def _fitted(
    sheet: str, line: _Line, number: int, columns: Sequence[Column], score: int
) -> Headings:
    """Where each column stands, and an error for each that is missing or doubled."""
    places: dict[str, int] = {}
    errors: list[CellError] = []
    known: set[int] = set()
    for column in columns:
        found = _places(line.cells, column)
        known.update(found)
        if len(found) > 1:
            first, second = (line.cells[place] for place in found[:2])
            errors.append(CellError(sheet, number, second, _doubled(first, second)))
        elif found:
            places[column.name] = found[0]
        elif column.required:
            errors.append(CellError(sheet, number, column.shown, _("The column is missing.")))
    return Headings(
        index=line.index,
        places=places,
        texts={name: line.cells[place] for name, place in places.items()},
        converted=frozenset(known & line.changed),
        errors=tuple(errors),
        ignored=tuple(cell for i, cell in enumerate(line.cells) if cell and i not in known),
        score=score,
    )


def _doubled(first: str, second: str) -> str:
    if key_of(first) == key_of(second):
        return _("The heading stands twice.")
    sentence = _("“%(first)s” and “%(second)s” are the same column here; keep one of them.")
    return sentence % {"first": first, "second": second}
