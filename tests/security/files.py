"""Files that offices send by mistake and attackers on purpose, as bytes with their sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.pdfs import locked_pdf, truncated_pdf
from tests.registration.conftest import HEADINGS, ROWS
from tests.tables.files import CORNER, SHEET, XML_END, XML_START, with_member, workbook

NEITHER = "Tệp không phải bảng tính (.xlsx) cũng không phải tệp CSV."
DAMAGED = "Tệp bảng tính bị hỏng, không mở được."
SMALL = 4 * 1024 * 1024  # the limit of unpacking in these tests, so that a bomb is quickly made
Writer = Callable[[Path], Path]


def _bytes(content: bytes) -> Writer:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def _rows(*rows: tuple[object, ...], headings: tuple[object, ...] = HEADINGS) -> Writer:
    return lambda path: workbook(path, [headings, *rows])


def _sheet(content: bytes) -> Writer:
    def write(path: Path) -> Path:
        return with_member(workbook(path, [HEADINGS, *ROWS]), SHEET, content)

    return write


def _bomb(path: Path) -> Path:
    blanks = b" " * 2 * SMALL
    return with_member(workbook(path, [HEADINGS, *ROWS]), "xl/worksheets/sheet9.xml", blanks)


def _halved(path: Path) -> Path:
    workbook(path, [HEADINGS, *ROWS])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def _numbers(path: Path) -> Path:
    """A number where a name is due: what a spreadsheet makes of an identity number."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh sách"
    sheet.append(HEADINGS)
    sheet.append((1, 8090000001, "Thôn Bòng", "Tân Trào", "nghèo"))
    book.save(path)
    return path


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + XML_START.partition(b"?>")[2]

# What was uploaded: how it is written, and the words that its owner must be told.
REFUSED: dict[str, tuple[str, Writer, tuple[str, ...]]] = {
    "nothing": (".xlsx", _bytes(b""), ("rỗng",)),
    "HTML": (".xlsx", _bytes(b"<html><table><tr><td>1"), (NEITHER,)),
    "a PDF": (".xlsx", _bytes(b"%PDF-1.7\n"), (NEITHER,)),
    "a truncated PDF": (".xlsx", _bytes(truncated_pdf("Ân")), (NEITHER,)),
    "a locked PDF": (".csv", _bytes(locked_pdf("Ân")), (NEITHER,)),
    "a workbook of 1997": (".xlsx", _bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99), (".xls",)),
    "half a workbook": (".xlsx", _halved, (DAMAGED,)),
    "a bomb": (".xlsx", _bomb, ("Tệp bung ra lớn bất thường nên không được đọc.",)),
    "a far cell": (".xlsx", _sheet(XML_START + CORNER + XML_END), ("XFD1048576",)),
    "a declaration": (".xlsx", _sheet(DOCTYPE + XML_END), ("khai báo",)),
    "a formula": (
        ".xlsx",
        _rows((1, "=A1", "Thôn Bòng", "Tân Trào", "nghèo")),
        ("Danh sách", "2", "Họ và tên chủ hộ", "công thức"),
    ),
    "a number for a name": (".xlsx", _numbers, ("Danh sách", "2", "Họ và tên chủ hộ")),
    "a heading twice": (
        ".xlsx",
        _rows(*ROWS, headings=("STT", "Họ và tên chủ hộ", "Thôn", "Xã", "Xã")),
        ("Xã", "hai lần"),
    ),
    "a heading missing": (
        ".xlsx",
        _rows(*ROWS, headings=("STT", "Họ và tên chủ hộ", "Thôn", "Xã", "Ghi chú")),
        ("Diện", "Thiếu cột"),
    ),
    "no headings": (".xlsx", _rows(*ROWS, headings=ROWS[0]), ("tiêu đề",)),
    "a CSV of one NUL": (".csv", _bytes(b"\x00" * 500), (NEITHER,)),
}

PLAIN = "Họ tên chủ hộ,Thôn,Xã,Diện\r\nLý Văn Sán,Thôn Bòng,Tân Trào,nghèo\r\n"
TCVN3 = "Hä tªn chñ hé,Th«n,X·,DiÖn\r\nLý V¨n S¸n,Th«n Bßng,T©n Trµo,nghÌo\r\n"
VNI = "Hoï teân chuû hoä,Thoân,Xaõ,Dieän\r\nLyù Vaên Saùn,Thoân Boøng,Taân Traøo,ngheøo\r\n"


def _cp1258(text: str) -> bytes:
    """As Windows saves it: letter first, its tone mark behind."""
    kept = "âêôăơưđ"
    return "".join(letter if letter in kept else _apart(letter) for letter in text).encode("cp1258")


def _apart(letter: str) -> str:
    base, *marks = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
    rest = [mark for mark in marks if mark not in tones]
    return unicodedata.normalize("NFC", "".join([base, *rest])) + "".join(tones)


# The same household in the encodings that offices still use.
READ = {
    "UTF-8": PLAIN.encode(),
    "UTF-8 with a mark": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "Windows 1258": _cp1258(PLAIN),
    "TCVN3": TCVN3.encode("cp1252"),
    "VNI": VNI.encode("cp1252"),
    "decomposed letters": unicodedata.normalize("NFD", PLAIN).encode(),
}
