"""From a file to rows: scan, limited child, headings, cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.jobs.limited import LimitedResult, run_limited
from portal.tables import fonts
from portal.tables.columns import CellError, Column, Table, TableRefusedError, TableRow
from portal.tables.headings import Headings
from portal.tables.scan import COLUMNS, ROWS, outside, scan
from search.text import nfc

SECONDS = 60
MEMORY_MB = 1024
SAMPLE_ROWS = 500
LETTERS = 50_000_000
FONT_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
# Signs without a shape; PostgreSQL takes no text with the first of them.
_CONTROLS = (*range(9), *range(14, 28), 127)
_INVISIBLE = dict.fromkeys((*_CONTROLS, *map(ord, "\u200b\u200c\u200d\u2060\ufeff")))


def read_table(path: str | Path, columns: Sequence[Column]) -> Table:
    """Read an XLSX or CSV file; what is wrong stands in `errors`, never in an exception.

    A file that cannot be read at all, a missing and a doubled heading are errors of the file.
    """
    reader = _Reader(columns)
    try:
        _read(Path(path), reader)
    except TableRefusedError as error:
        return Table(errors=[CellError("", None, "", str(error))])
    except OSError:
        return Table(errors=[CellError("", None, "", _("The file cannot be opened."))])
    return reader.table


def _read(path: Path, reader: _Reader) -> None:
    kind = scan(path)
    result = run_limited(
        "portal.tables.child.read",
        {"path": str(path.resolve()), "kind": kind},
        seconds=SECONDS,
        memory_mb=MEMORY_MB,
        on_item=reader.take,
    )
    if not result.ok:
        raise TableRefusedError(_sentence(result, kind))
    reader.finish()


def _sentence(result: LimitedResult, kind: str) -> str:
    if result.reason in {"memory", "timeout"}:
        return _("Reading the file went over a limit of time or memory.")
    if kind == "csv":
        return _("The CSV file is damaged and cannot be read.")
    return _("The workbook is damaged and cannot be opened.")


class _Reader:
    """Takes rows as they come; keeps of each only the columns that were asked for.

    The first rows wait until it is clear where the headings are and which font was used.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self.table = Table()
        self.columns = {column.name: column for column in columns}
        self.waiting: list[dict[str, Any]] | None = []
        self.headings: Headings | None = None
        self.font: str | None = None
        self.old: frozenset[int] = frozenset()
        self.letters = 0

    def take(self, item: Mapping[str, Any]) -> None:
        """One item of the child."""
        if "encoding" in item:
            self.table.encoding = item["encoding"]
            if item["encoding"] in FONT_NAMES:
                self._warn(item["encoding"])
            return
        cells = [_tidy(cell[0]) for cell in item["cells"]]
        _check_size(item["row"], cells)
        row = {**item, "texts": cells}
        if self.waiting is None:
            self._row(row)
            return
        self.waiting.append(row)
        if len(self.waiting) >= SAMPLE_ROWS:
            self._begin()

    def finish(self) -> None:
        """The child has ended well."""
        if self.waiting is not None:
            self._begin()

    def _begin(self) -> None:
        waiting, self.waiting = self.waiting or [], None
        texts = [row["texts"] for row in waiting]
        self.table.sheet = waiting[0]["sheet"] if waiting else ""
        self.font = fonts.vote(cell for cells in texts for cell in cells)
        numbers = [row["row"] for row in waiting]
        columns = tuple(self.columns.values())
        self.headings = Headings.find(self.table, texts, numbers, columns, self._in_unicode)
        if self.headings is None:
            return
        below = self.headings.index + 1
        if self.font:
            self.old = fonts.old_columns(texts[below:], self.font, self.headings.converted)
            self._warn(self.font)
        for row in waiting[below:]:
            self._row(row)

    def _warn(self, font: str) -> None:
        self.table.encoding = font
        message = _("The text was typed in an old font (%(font)s) and was converted; check it.")
        sentence = message % {"font": FONT_NAMES[font]}
        self.table.warnings.append(CellError(self.table.sheet, None, "", sentence))

    def _in_unicode(self, text: str) -> str:
        return fonts.convert(text, self.font) if self.font and fonts.is_old(text) else text

    def _row(self, row: Mapping[str, Any]) -> None:
        if self.headings is None:
            return
        cells = {name: self._cell(row, place) for name, place in self.headings.places.items()}
        self.letters += sum(len(cell or "") for cell in cells.values())
        if self.letters > LETTERS:
            raise TableRefusedError(_("Reading the file went over a limit of time or memory."))
        made = TableRow(self.table.sheet, row["row"], cells, self.headings.texts)
        self._check(made, row)
        if any(row["texts"]):
            self.table.rows.append(made)

    def _cell(self, row: Mapping[str, Any], place: int) -> str | None:
        text = row["texts"][place] if place < len(row["texts"]) else ""
        if self.font and (place in self.old or fonts.vote([text]) == self.font):
            text = self._in_unicode(text)
        return text or None

    def _check(self, made: TableRow, row: Mapping[str, Any]) -> None:
        for name, place in self.headings.places.items() if self.headings else ():
            if place in row["formulas"]:
                self._error(made, name, _("The cell holds a formula; put its value."))
            elif self.columns[name].digits and place < len(row["cells"]) and row["cells"][place][1]:
                message = _(
                    "The cell holds a number, so zeros in front of it are lost; format it as text."
                )
                self._error(made, name, message)

    def _error(self, made: TableRow, name: str, message: str) -> None:
        error = CellError(made.sheet, made.number, made.headings[name], message)
        self.table.errors.append(error)


def _tidy(text: str) -> str:
    return " ".join(nfc(text).translate(_INVISIBLE).split())


def _check_size(number: int, cells: Sequence[str]) -> None:
    if number > ROWS or len(cells) > COLUMNS:
        letters, rest = "", min(len(cells), COLUMNS + 1)
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        raise outside(f"{letters}{number}")
