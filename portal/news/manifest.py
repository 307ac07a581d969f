"""The manifest of `import_documents`: a CSV with one document a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from portal.tables.columns import CellError, Column
from portal.tables.reading import read_table

NEEDED = ("file", "number", "issuer", "issued_on", "title")
COLUMNS = tuple(
    Column(name, (name,), required=name in NEEDED) for name in (*NEEDED, "type", "abstract")
)
LONGEST_TITLE = 255


class ManifestError(ValueError):
    """The manifest as a whole cannot be read; the sentence says why."""


class RowError(ValueError):
    """One row cannot be taken; the sentence names the column."""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One line as written, stripped and in NFC; `line` counts from 1, the heading included."""

    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


def read_manifest(path: Path) -> list[ManifestRow]:
    """All rows; raises `ManifestError` when the file is none or lacks a column."""
    if not path.is_file():
        raise ManifestError(_("The manifest “%s” is not there.") % path)
    table = read_table(path, COLUMNS)
    if table.errors:
        raise ManifestError("; ".join(_sentence(error) for error in table.errors[:5]))
    return [
        ManifestRow(row.number, {name: cell or "" for name, cell in row.cells.items()})
        for row in table.rows
    ]


def _sentence(error: CellError) -> str:
    return ": ".join(part for part in (error.column, error.message) if part)


def read_day(text: str) -> date:
    """A day as 2024-09-23 or 23/09/2024."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise RowError(_("issued_on: “%s” is not a day; write 2024-09-23 or 23/09/2024.") % text[:40])


def file_of(row: ManifestRow, folder: Path) -> Path:
    """The row's file below the manifest's folder; nothing outside of it is read."""
    if not row["file"]:
        raise RowError(_("file: no file is named."))
    path = (folder / row["file"]).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise RowError(_("file: “%s” is outside the manifest's folder.") % row["file"][:100])
    if not path.is_file():
        raise RowError(_("file: “%s” is not there.") % row["file"][:100])
    return path


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
