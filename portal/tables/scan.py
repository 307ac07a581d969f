"""Looks at a file before anything opens it: what it is, and whether it would kill its reader.

A workbook of 1.4 kB with one cell in the last corner makes a reader ask for 549 GB, so rows,
columns and unpacked size are counted first, in a stream.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import gettext as _

from portal.jobs.archives import OLE, ArchiveRefusedError, Refusal, look_through
from portal.tables.columns import TableRefusedError

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
ROWS = 200_000
COLUMNS = 200
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
# Cells may leave out where they are. An empty last row is common and harmless.
_ROW = re.compile(
    rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d{1,7})["'][^>]*(?<!/)>\s*<(?:\w+:)?c[\s/>]"""
)


def scan(path: Path) -> str:
    """ "xlsx" or "csv", told by the content; `TableRefusedError` for what must not be read."""
    size = path.stat().st_size
    if not size:
        raise TableRefusedError(_("The file is empty (0 bytes)."))
    if size > LARGEST_FILE:
        most = LARGEST_FILE // (1024 * 1024)
        raise TableRefusedError(_("The file is larger than %(most)s MB.") % {"most": most})
    with path.open("rb") as stream:
        head = stream.read(2048)
    if head.startswith(OLE):
        raise TableRefusedError(
            _("The workbook is locked by a password, or of the old .xls kind. Save it as .xlsx.")
        )
    if head.startswith(b"PK"):
        _workbook(path)
        return "xlsx"
    _refuse_other(head)
    return "csv"


def outside(cell: str) -> TableRefusedError:
    """The refusal of a cell beyond the limits."""
    return TableRefusedError(
        _("Cell %(cell)s lies outside %(rows)s rows and %(columns)s columns.")
        % {"cell": cell, "rows": ROWS, "columns": COLUMNS}
    )


def _refuse_other(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"%pdf", b"{\\rtf")):
        raise _not_a_table()
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_a_table()


def _not_a_table() -> TableRefusedError:
    return TableRefusedError(_("The file is neither a workbook (.xlsx) nor a CSV file."))


def _workbook(path: Path) -> None:
    try:
        look_through(path, inside="xl/workbook.xml", unpacked=LARGEST_UNPACKED, look=_places)
    except ArchiveRefusedError as error:
        raise _refused(error.refusal) from error


def _refused(refusal: Refusal) -> TableRefusedError:
    sentences = {
        Refusal.DAMAGED: _("The workbook is damaged and cannot be opened."),
        Refusal.TOO_LARGE: _("The workbook unpacks to far more than its size; it is not read."),
        Refusal.DECLARATION: _("The workbook holds a declaration that no table needs."),
    }
    return TableRefusedError(sentences[refusal]) if refusal in sentences else _not_a_table()


def _places(text: bytes) -> None:
    for column, row in _CELL.findall(text):
        if int(row) > ROWS or _column_number(column) > COLUMNS:
            raise outside((column + row).decode())
    for row in _ROW.findall(text):
        if int(row) > ROWS:
            raise outside(f"A{row.decode()}")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
