"""Looks at a file before anything opens it: what it is, and whether it would kill its reader.

A workbook of 1.4 kB with one cell in the last corner makes a reader ask for 549 GB, so rows,
columns and unpacked size are counted first, in a stream.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from portal.tables.columns import TableRefusedError

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
MEMBERS = 500
ROWS = 200_000
COLUMNS = 200
CHUNK = 1024 * 1024
OVERLAP = 512
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
# Cells may leave out where they are. An empty last row is common and harmless.
_ROW = re.compile(
    rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d{1,7})["'][^>]*(?<!/)>\s*<(?:\w+:)?c[\s/>]"""
)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"


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
    if head.startswith(_OLE):
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


def _too_large() -> TableRefusedError:
    return TableRefusedError(_("The workbook unpacks to far more than its size; it is not read."))


def _workbook(path: Path) -> None:
    broken = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error)
    try:
        with zipfile.ZipFile(path) as archive:
            _members(archive)
    except broken as error:
        raise TableRefusedError(_("The workbook is damaged and cannot be opened.")) from error


def _members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS or unpacked > LARGEST_UNPACKED:
        raise _too_large()
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise _not_a_table()
    left = LARGEST_UNPACKED
    for member in members:
        if not member.filename.startswith("xl/media/"):
            with archive.open(member) as stream:
                left -= _member(stream, left)


def _member(stream: IO[bytes], left: int) -> int:
    """Read one member in pieces; the sizes that an archive states may be a lie."""
    tail, total = b"", 0
    while piece := stream.read(CHUNK):
        total += len(piece)
        if total > left:
            raise _too_large()
        text = tail + piece
        if _DECLARATION.search(text):
            raise TableRefusedError(_("The workbook holds a declaration that no table needs."))
        _places(text)
        tail = text[-OVERLAP:]
    return total


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
