"""The manifest of `import_documents`: a CSV with one document a line."""

from __future__ import annotations

import errno
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from portal.jobs import clock
from portal.tables.columns import CellError, Column, Table
from portal.tables.reading import read_table
from search.text import fold

NEEDED = ("file", "number", "issuer", "issued_on", "title")
SPOKEN = {
    "file": "Tệp",
    "number": "Số ký hiệu",
    "issuer": "Cơ quan ban hành",
    "issued_on": "Ngày ban hành",
    "title": "Tiêu đề",
    "type": "Loại văn bản",
    "abstract": "Trích yếu nội dung",
}
COLUMNS = tuple(
    Column(name, (name, fold(spoken)), required=name in NEEDED) for name, spoken in SPOKEN.items()
)
LONGEST_TITLE = 255
FIRST_YEAR = 1900


class ManifestError(ValueError):
    """The manifest as a whole cannot be read; the sentence says why."""


class RowError(ValueError):
    """One row cannot be taken; the sentence names the column."""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One line as written, stripped and in NFC; `line` counts from 1, the heading included.

    `problem` is what the reader of the table found: such a row fails, and no other one.
    """

    line: int
    values: Mapping[str, str]
    problem: str = ""

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows, and what the operator should know of the file as a whole."""

    rows: list[ManifestRow]
    notes: tuple[str, ...] = ()


def read_manifest(path: Path, columns: tuple[Column, ...] = COLUMNS) -> Manifest:
    """All rows; raises `ManifestError` when the file is none or lacks a column."""
    if not path.is_file():
        raise ManifestError(_("The manifest “%s” is not there.") % path)
    table = read_table(path, columns)
    if table.errors and not table.rows:
        raise ManifestError("; ".join(_sentence(error) for error in table.errors[:5]))
    ignored = [_("column not read: %(heading)s") % {"heading": text} for text in table.ignored]
    return Manifest(_rows(table), (*map(_sentence, table.warnings), *ignored))


def _rows(table: Table) -> list[ManifestRow]:
    """The table's rows with their errors, and a row for an error that stands alone."""
    problems: dict[int, list[str]] = defaultdict(list)
    for error in table.errors:
        problems[error.row or 0].append(_sentence(error))
    values = {
        row.number: {name: cell or "" for name, cell in row.cells.items()} for row in table.rows
    }
    return [
        ManifestRow(line, values.get(line, {}), "; ".join(problems.get(line, ())))
        for line in sorted(values.keys() | problems.keys())
    ]


def _sentence(error: CellError) -> str:
    return ": ".join(part for part in (error.sheet, error.column, error.message) if part)


def read_day(text: str) -> date:
    """A day as 2024-09-23 or 23/09/2024."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        last = clock.today().year + 1
        if FIRST_YEAR <= found.year <= last:
            return found
        years = {"first": FIRST_YEAR, "last": last}
        raise RowError(_("issued_on: the year lies outside %(first)s to %(last)s.") % years)
    raise RowError(_("issued_on: “%s” is not a day; write 2024-09-23 or 23/09/2024.") % text[:40])


def file_of(row: ManifestRow, folder: Path) -> Path:
    """The row's file below the manifest's folder; nothing outside of it is read."""
    if not row["file"]:
        raise RowError(_("file: no file is named."))
    try:
        path = (folder / row["file"]).resolve()
        there = path.is_file()
    except OSError as error:
        raise RowError(_file_problem(row["file"], error)) from error
    if not path.is_relative_to(folder.resolve()):
        raise RowError(_("file: “%s” is outside the manifest's folder.") % row["file"][:100])
    if not there:
        raise RowError(_("file: “%s” is not there.") % row["file"][:100])
    return path


def _file_problem(name: str, error: OSError) -> str:
    if error.errno == errno.ENAMETOOLONG:
        return _("file: the name “%s…” is too long.") % name[:40]
    return _("file: “%s” cannot be opened.") % name[:100]


def title_of(row: ManifestRow) -> tuple[str, str]:
    """(title, abstract): an overlong title is cut at a word and kept whole as the abstract."""
    title = " ".join(row["title"].split())
    abstract = row["abstract"] or ""
    if not title:
        raise RowError(_("title: it is empty."))
    if len(title) <= LONGEST_TITLE:
        return title, abstract
    cut = title[: LONGEST_TITLE - 1].rpartition(" ")[0] or title[: LONGEST_TITLE - 1]
    return f"{cut}…", abstract or title
