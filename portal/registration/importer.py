"""From a workbook or CSV file to rows of a list, with an error for every cell that does not fit.

Sentences never repeat a person's name: they are shown, downloaded and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
from portal.tables.layout import spare_rows
from search.text import fold

HEAD, VILLAGE, COMMUNE, CLASS = "head_name", "village", "commune", "classification"
COLUMNS = (
    Column(
        HEAD,
        ("ho va ten chu ho", "ho ten chu ho", "ho, ten chu ho"),
        label="Họ và tên chủ hộ",
    ),
    Column(
        VILLAGE,
        ("thon", "to dan pho", "thon, to dan pho", "to dan pho, thon", "thon, ban", "thon, xom"),
        label="Thôn",
    ),
    Column(COMMUNE, ("xa", "phuong", "xa, phuong", "phuong, xa"), label="Xã"),
    Column(CLASS, ("dien", "phan loai", "dien ho", "phan loai ho"), label="Diện"),
)
CLASSES = {
    "ho ngheo": Classification.POOR,
    "ngheo": Classification.POOR,
    "ho can ngheo": Classification.NEAR_POOR,
    "can ngheo": Classification.NEAR_POOR,
}
# «Ông», «hộ bà», «ông/hộ:» before a name. Ông is a family name too (Ông Ích Khiêm).
_ADDRESS = re.compile(
    r"(?:(?:hộ gia đình|gia đình|chủ hộ|hộ|ông|bà)\b[\s.:/,()-]*(?:(?:và|hoặc)\s+)?)+",
    re.IGNORECASE,
)


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
    spare = spare_rows(table.rows, [column.name for column in COLUMNS])
    reader.pass_over(row for row in table.rows if row.number in spare)
    rows = tuple(reader.rows(row for row in table.rows if row.number not in spare))
    errors = [*(error for error in table.errors if error.row not in spare), *reader.errors]
    if not rows and not errors:
        errors.append(CellError("", None, "", _("The file has no rows below its headings.")))
    errors.sort(key=lambda error: (error.row or 0, error.column))
    warnings = sorted((*table.warnings, *reader.warnings), key=lambda problem: problem.row or 0)
    return ParsedList(rows, tuple(errors), tuple(warnings), tuple(map(tidy, table.ignored)))


@dataclass
class _Reader:
    """Checks row by row; remembers communes already resolved and households already seen."""

    units: UnitIndex
    allowed: frozenset[int] | None
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    communes: dict[str, Unit | str] = field(default_factory=dict)
    seen: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def pass_over(self, rows: Iterable[TableRow]) -> None:
        """Titles of groups, sums and signatures are no households; their text is not repeated."""
        sentence = _("The row holds no household (a title, a sum, a signature); it was not read.")
        self.warnings += [CellError(row.sheet, row.number, "", sentence) for row in rows]

    def rows(self, table: Iterable[TableRow]) -> Iterator[EntryRow]:
        """The rows that are right; what is wrong with the others stands in `errors`."""
        for row in table:
            entry = self._entry(row)
            if entry is not None:
                self._remember(row, entry)
                yield entry

    def _entry(self, row: TableRow) -> EntryRow | None:
        name, village = self._name(row), tidy(row.cells[VILLAGE] or "")
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

    def _name(self, row: TableRow) -> str:
        """The name without «ông», «bà», «hộ» before it: search and sorting look for the person."""
        name = tidy(row.cells[HEAD] or "")
        bare = _bare_name(name)
        if bare != name:
            sentence = _("A form of address before the name (ông, bà, hộ) was left out.")
            self.warnings.append(CellError(row.sheet, row.number, row.headings[HEAD], sentence))
        return bare

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


def _bare_name(name: str) -> str:
    """«Ông» alone before two words may be the family's name and stays."""
    found = _ADDRESS.match(name)
    if not found:
        return name
    words = name[found.end() :].split()
    alone = found.group().strip().casefold() == "ông"
    return " ".join(words) if len(words) > 1 + alone else name


def _class(text: str) -> str | None:
    found = CLASSES.get(" ".join(fold(text).split()))
    return found.value if found else None
