"""Looks at a file before anything opens it: what it is, and whether it would kill its reader.

A workbook of 1.4 kB with one cell in the last corner makes a reader ask for 549 GB, so rows,
columns and unpacked size are counted first, in a stream.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
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
OVERLAP = 64
FORMULAS_NAMED = 50
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f[\s>/]')
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Scan:
    """`kind` is "xlsx" or "csv"; `formulas` are cell references such as `C7`."""

    kind: str
    formulas: tuple[str, ...] = ()


def scan(path: Path) -> Scan:
    """Tell what a file is by its content; raises `TableRefusedError` for what must not be read."""
    size = path.stat().st_size
    if not size:
        raise TableRefusedError(_("The file is empty (0 bytes)."))
    if size > LARGEST_FILE:
        most = LARGEST_FILE // (1024 * 1024)
        raise TableRefusedError(_("The file is larger than %(most)s MB.") % {"most": most})
    head = path.open("rb").read(2048)
    if head.startswith(_OLE):
        raise TableRefusedError(
            _("The workbook is locked by a password, or of the old .xls kind. Save it as .xlsx.")
        )
    if head.startswith(b"PK"):
        return Scan("xlsx", _workbook(path))
    _refuse_other(head)
    return Scan("csv")


def _refuse_other(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"%pdf", b"{\\rtf")):
        raise TableRefusedError(_("The file is neither a workbook (.xlsx) nor a CSV file."))
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not wide:
        raise TableRefusedError(_("The file is neither a workbook (.xlsx) nor a CSV file."))


def _workbook(path: Path) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            return _members(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise TableRefusedError(_("The workbook is damaged and cannot be opened.")) from error


def _members(archive: zipfile.ZipFile) -> tuple[str, ...]:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS or unpacked > LARGEST_UNPACKED:
        raise TableRefusedError(
            _("The workbook unpacks to far more than its size; it is not read.")
        )
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise TableRefusedError(_("The file is neither a workbook (.xlsx) nor a CSV file."))
    formulas: list[str] = []
    left = LARGEST_UNPACKED
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                left -= _xml(stream, member.filename.startswith("xl/worksheets/"), formulas, left)
    return tuple(formulas)


def _xml(stream: IO[bytes], is_sheet: bool, formulas: list[str], left: int) -> int:
    """Read one member in pieces; the sizes that an archive states may be a lie."""
    tail, total = b"", 0
    while piece := stream.read(CHUNK):
        total += len(piece)
        if total > left:
            raise TableRefusedError(
                _("The workbook unpacks to far more than its size; it is not read.")
            )
        text = tail + piece
        if _DECLARATION.search(text):
            raise TableRefusedError(_("The workbook holds a declaration that no table needs."))
        if is_sheet:
            _cells(text, formulas)
        tail = text[-OVERLAP * 8 :]
    return total


def _cells(text: bytes, formulas: list[str]) -> None:
    for column, row in _REFERENCE.findall(text):
        if int(row) > ROWS or _column_number(column) > COLUMNS:
            cell = (column + row).decode()
            raise TableRefusedError(
                _("Cell %(cell)s lies outside %(rows)s rows and %(columns)s columns.")
                % {"cell": cell, "rows": ROWS, "columns": COLUMNS}
            )
    for found in _FORMULA.findall(text):
        cell = found.decode()
        if cell not in formulas and len(formulas) < FORMULAS_NAMED:
            formulas.append(cell)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
