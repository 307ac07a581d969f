"""From a file to rows: scan, limited child, headings, cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.jobs.limited import LimitedResult, run_limited
from portal.tables import fonts
from portal.tables.columns import CellError, Column, Table, TableRefusedError, TableRow
from portal.tables.headings import Headings, known_keys
from portal.tables.layout import numbers_columns
from portal.tables.scan import COLUMNS, ROWS, outside, scan
from portal.tables.tidying import shown, tidy

SECONDS = 60
MEMORY_MB = 1024
SAMPLE_ROWS = 500
LETTERS = 50_000_000
BEFORE_CELLS, BEFORE_LETTERS = 3, 60
FONT_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}


class _SheetFoundError(Exception):
    """The sheet with the headings has been read to its end; the child may stop."""


def read_table(path: str | Path, columns: Sequence[Column]) -> Table:
    """Read an XLSX or CSV file; what is wrong stands in `errors`, never in an exception.

    Of a workbook the first sheet that can be seen and holds the headings is read; the others are
    named in the warnings. A file that cannot be read at all, a missing and a doubled heading are
    errors of the file.
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
    headings = sorted(known_keys(tuple(reader.columns.values())))
    try:
        result = run_limited(
            "portal.tables.child.read",
            {"path": str(path.resolve()), "kind": kind, "headings": headings},
            seconds=SECONDS,
            memory_mb=MEMORY_MB,
            on_item=reader.take,
        )
    except _SheetFoundError:
        reader.finish()
        return
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

    The first rows of a sheet wait until it is clear where the headings are and which font was used.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self.table = Table()
        self.columns = {column.name: column for column in columns}
        self.sheets: list[str] = []
        self.waiting: list[dict[str, Any]] | None = []
        self.headings: Headings | None = None
        self.failed: Headings | None = None
        self.font: str | None = None
        self.old: frozenset[int] = frozenset()
        self.letters = 0

    def take(self, item: Mapping[str, Any]) -> None:
        """One item of the child: about the file, the end of a sheet, or a row."""
        if "encoding" in item:
            self._encoding(item["encoding"])
        elif "sheets" in item:
            self._sheets(item["sheets"], item["hidden"])
        elif "open_quote" in item:
            sentence = _("The quotation mark that opens in row %(row)s is never closed.")
            raise TableRefusedError(sentence % {"row": item["open_quote"]})
        elif "end" in item:
            self._end_of_sheet()
        else:
            self._take_row(item)

    def finish(self) -> None:
        """The child has ended well."""
        if self.waiting is not None:
            self._begin()
        if self.headings is not None:
            unread = [name for name in self.sheets if name != self.table.sheet]
            self._pass_over(unread, _("The sheet was not read."))
        elif self.failed is not None:
            self.table.errors += self.failed.errors
            self.table.ignored += self.failed.ignored

    def _encoding(self, encoding: str) -> None:
        self.table.encoding = encoding
        if encoding in FONT_NAMES:
            self._warn(encoding)

    def _sheets(self, names: list[str], hidden: list[str]) -> None:
        self.sheets = names
        self._pass_over(hidden, _("The sheet is hidden, so it was not read."))

    def _pass_over(self, names: Sequence[str], sentence: str) -> None:
        self.table.warnings += [CellError(name, None, "", sentence) for name in names]

    def _end_of_sheet(self) -> None:
        if self.waiting is not None:
            self._begin()
        if self.headings is not None:
            raise _SheetFoundError
        self.waiting = []

    def _take_row(self, item: Mapping[str, Any]) -> None:
        cells = [tidy(cell[0]) for cell in item["cells"]]
        _check_size(item["row"], cells)
        row = {**item, "texts": cells}
        if self.waiting is None:
            self._row(row)
            return
        self.waiting.append(row)
        if len(self.waiting) >= SAMPLE_ROWS:
            self._begin()

    def _begin(self) -> None:
        waiting, self.waiting = self.waiting or [], None
        texts = [row["texts"] for row in waiting]
        sheet = waiting[0]["sheet"] if waiting else ""
        self.font = fonts.vote(cell for cells in texts for cell in cells)
        numbers = [row["row"] for row in waiting]
        columns = tuple(self.columns.values())
        found = Headings.find(sheet, texts, numbers, columns, self._in_unicode)
        if found.errors:
            # Of several sheets without all headings, the one that comes closest is spoken of.
            if self.failed is None or found.score > self.failed.score:
                self.failed = found
            return
        self.headings, self.table.sheet = found, sheet
        self.table.ignored += found.ignored
        self._rows_below(waiting[found.index + 1 :])

    def _rows_below(self, waiting: Sequence[Mapping[str, Any]]) -> None:
        texts = [row["texts"] for row in waiting]
        if self.font and self.headings:
            self.old = fonts.old_columns(texts, self.font, self.headings.converted)
            self._warn(self.font)
        if texts and numbers_columns(texts[0]):
            sentence = _("The row only numbers the columns; it was not read.")
            number = waiting[0]["row"]
            self.table.warnings.append(CellError(self.table.sheet, number, "", sentence))
            waiting = waiting[1:]
        for row in waiting:
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
        places = self.headings.places
        cells = {name: self._cell(row, place) or None for name, place in places.items()}
        made = TableRow(self.table.sheet, row["row"], cells, self.headings.texts, self._before(row))
        self.letters += sum(len(cell or "") for cell in (*cells.values(), *made.before))
        if self.letters > LETTERS:
            raise TableRefusedError(_("Reading the file went over a limit of time or memory."))
        self._check(made, row)
        if any(row["texts"]):
            self.table.rows.append(made)

    def _cell(self, row: Mapping[str, Any], place: int) -> str:
        text: str = row["texts"][place] if place < len(row["texts"]) else ""
        if self.font and (place in self.old or fonts.vote([text]) == self.font):
            text = self._in_unicode(text)
        return shown(text)

    def _before(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        first = min(self.headings.places.values(), default=0) if self.headings else 0
        cells = [self._cell(row, place) for place in range(first)]
        return tuple(cell[:BEFORE_LETTERS] for cell in cells if cell)[:BEFORE_CELLS]

    def _check(self, made: TableRow, row: Mapping[str, Any]) -> None:
        for name, place in self.headings.places.items() if self.headings else ():
            if place in row["formulas"]:
                self._error(made, name, _("The cell holds a formula; put its value."))
            elif place in row.get("long", ()):
                self._error(made, name, _("The cell holds more text than can be taken in."))
            elif self.columns[name].digits and place < len(row["cells"]) and row["cells"][place][1]:
                message = _(
                    "The cell holds a number, so zeros in front of it are lost; format it as text."
                )
                self._error(made, name, message)

    def _error(self, made: TableRow, name: str, message: str) -> None:
        error = CellError(made.sheet, made.number, made.headings[name], message)
        self.table.errors.append(error)


def _check_size(number: int, cells: Sequence[str]) -> None:
    if number > ROWS or len(cells) > COLUMNS:
        letters, rest = "", min(len(cells), COLUMNS + 1)
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        raise outside(f"{letters}{number}")
