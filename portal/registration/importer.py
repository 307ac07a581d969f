"""From a workbook or CSV file to rows of a list, with an error for every cell that does not fit.

Sentences never repeat a person's name: they are shown, downloaded and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.areas.errors import UnitNameError
from portal.areas.models import Unit, User
from portal.areas.names import UnitIndex
from portal.jobs import clock
from portal.registration.access import communes_allowed
from portal.registration.models import Classification, PublishedList
from portal.registration.names import problem_of_name, problem_of_village, tidy
from portal.registration.rows import EntryRow
from portal.tables import CellError, Column, TableRow, read_table
from search.text import fold

HEAD, VILLAGE, COMMUNE, CLASS = "head_name", "village", "commune", "classification"
COLUMNS = (
    Column(HEAD, ("ho va ten chu ho", "ho ten chu ho"), required=True),
    Column(VILLAGE, ("thon", "to dan pho"), required=True),
    Column(COMMUNE, ("xa", "phuong", "xa, phuong"), required=True),
    Column(CLASS, ("dien", "phan loai"), required=True),
)
CLASSES = {
    "ho ngheo": Classification.POOR,
    "ngheo": Classification.POOR,
    "ho can ngheo": Classification.NEAR_POOR,
    "can ngheo": Classification.NEAR_POOR,
}


@dataclass(frozen=True, slots=True)
class ParsedList:
    """What a file holds; rows count only when there are no errors. `ignored` are headings."""

    rows: tuple[EntryRow, ...]
    errors: tuple[CellError, ...]
    warnings: tuple[CellError, ...]
    ignored: tuple[str, ...]


def read_list(path: Path, target: PublishedList, by: User | None) -> ParsedList:
    """Read and check a whole file; a file that cannot be read at all is one error."""
    table = read_table(path, COLUMNS)
    reader = _Reader(UnitIndex(settings.PROVINCE_CODE, clock.today()), communes_allowed(by, target))
    rows = tuple(reader.rows(table.rows))
    errors = [*table.errors, *reader.errors]
    if not rows and not errors:
        errors.append(CellError("", None, "", _("The file has no rows below its headings.")))
    errors.sort(key=lambda error: (error.row or 0, error.column))
    warnings = (*table.warnings, *reader.warnings)
    return ParsedList(rows, tuple(errors), warnings, tuple(map(tidy, table.ignored)))


@dataclass
class _Reader:
    """Checks row by row; remembers communes already resolved and households already seen."""

    units: UnitIndex
    allowed: frozenset[int] | None
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    communes: dict[str, Unit | str] = field(default_factory=dict)
    seen: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def rows(self, table: list[TableRow]) -> Iterator[EntryRow]:
        """The rows that are right; what is wrong with the others stands in `errors`."""
        for row in table:
            entry = self._entry(row)
            if entry is not None:
                self._remember(row, entry)
                yield entry

    def _entry(self, row: TableRow) -> EntryRow | None:
        name, village = tidy(row.cells[HEAD] or ""), tidy(row.cells[VILLAGE] or "")
        commune = self._commune(tidy(row.cells[COMMUNE] or ""))
        kind = _class(tidy(row.cells[CLASS] or ""))
        problems = {
            HEAD: problem_of_name(name),
            VILLAGE: problem_of_village(village),
            COMMUNE: commune if isinstance(commune, str) else None,
            CLASS: None if kind else _("Expected: hộ nghèo, hộ cận nghèo, nghèo or cận nghèo."),
        }
        wrong = {column: sentence for column, sentence in problems.items() if sentence}
        self.errors += [
            CellError(row.sheet, row.number, row.headings[column], sentence)
            for column, sentence in wrong.items()
        ]
        if wrong or isinstance(commune, str) or kind is None:
            return None
        return EntryRow(name, village, commune, kind)

    def _commune(self, text: str) -> Unit | str:
        if text not in self.communes:
            self.communes[text] = self._resolve(text)
        return self.communes[text]

    def _resolve(self, text: str) -> Unit | str:
        if not text:
            return _("The commune is missing.")
        try:
            found = self.units.commune(text)
        except UnitNameError as error:
            return str(error)
        if self.allowed is not None and found.pk not in self.allowed:
            return _("%(commune)s is outside the area of this list.") % {"commune": found}
        return found

    def _remember(self, row: TableRow, entry: EntryRow) -> None:
        key = (entry.head_name.casefold(), fold(entry.village_text), entry.commune.pk)
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            sentence = _("The same name, village and commune stand in row %(row)s too.")
            self.warnings.append(
                CellError(row.sheet, row.number, row.headings[HEAD], sentence % {"row": first})
            )


def _class(text: str) -> str | None:
    found = CLASSES.get(" ".join(fold(text).split()))
    return found.value if found else None
