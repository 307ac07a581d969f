"""Tables as offices send them, and as attackers do."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl

from portal.tables import Column, Table

NAME, VILLAGE, NUMBER = "name", "village", "number"
COLUMNS = (
    Column(NAME, ("ho va ten chu ho", "ho ten chu ho")),
    Column(VILLAGE, ("thon", "to dan pho")),
    Column(NUMBER, ("so cccd",), required=False, digits=True),
)
HEADINGS = ("STT", "Họ và tên chủ hộ", "Thôn", "Số CCCD")
PEOPLE: tuple[tuple[object, ...], ...] = (
    (1, "Nguyễn Văn Ân", "Thôn Bòng", "008090000001"),
    (2, "Bế Văn Tú", "Thôn Cử", "008090000002"),
    (3, "Hộ Tô Thị Lý", "Thôn Đỗ", "008090000003"),
)
SHEET = "xl/worksheets/sheet1.xml"
XML_START = (
    b'<?xml version="1.0"?><worksheet '
    b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
XML_END = b"</sheetData></worksheet>"
CORNER = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def workbook(
    path: Path, rows: Sequence[Sequence[object]], more: Mapping[str, str] | None = None
) -> Path:
    """Rows on a sheet called «Danh sách»; `more` are further cells of a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh sách"
    for row in rows:
        sheet.append(list(row))
    if more:
        second = book.create_sheet("Tổng hợp")
        for place, value in more.items():
            second[place] = value
    book.save(path)
    return path


def with_member(path: Path, name: str, content: bytes) -> Path:
    """The workbook with one of its files replaced or added."""
    old = BytesIO(path.read_bytes())
    with (
        zipfile.ZipFile(old) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        target.writestr(name, content)
    return path


def as_csv(rows: Sequence[Sequence[object]], mark: str = ",") -> str:
    """Lines as a spreadsheet saves them."""
    return "".join(mark.join(map(str, row)) + "\r\n" for row in rows)


def names(table: Table) -> list[str | None]:
    """What was read in the column of names."""
    return [row.cells[NAME] for row in table.rows]


def problems(table: Table) -> list[tuple[str, int | None, str]]:
    """Where something is wrong: sheet, row, column."""
    return [(error.sheet, error.row, error.column) for error in table.errors]


# The same rows as fonts of before Unicode spell them, written by hand from the fonts' charts.
TCVN3_ROWS: tuple[tuple[object, ...], ...] = (
    ("STT", "Hä vµ tªn chñ hé", "Th«n", "Sè CCCD"),
    (1, "NguyÔn V¨n ¢n", "Th«n Bßng", "008090000001"),
    (2, "BÕ V¨n Tó", "Th«n Cö", "008090000002"),
    (3, "Hé T« ThÞ Lý", "Th«n §ç", "008090000003"),
)
VNI_ROWS: tuple[tuple[object, ...], ...] = (
    ("STT", "Hoï vaø teân chuû hoä", "Thoân", "Soá CCCD"),
    (1, "Nguyeãn Vaên AÂn", "Thoân Boøng", "008090000001"),
    (2, "Beá Vaên Tuù", "Thoân Cöû", "008090000002"),
    (3, "Hoä Toâ Thò Lyù", "Thoân Ñoã", "008090000003"),
)
EXPECTED = [(row[1], row[2]) for row in PEOPLE]
