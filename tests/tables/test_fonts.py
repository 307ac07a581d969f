"""Files typed before Unicode: the whole file decides, not one cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.tables import Table, read_table
from tests.tables.files import (
    COLUMNS,
    EXPECTED,
    HEADINGS,
    NAME,
    PEOPLE,
    TCVN3_ROWS,
    VILLAGE,
    VNI_ROWS,
    as_csv,
    workbook,
)

pytestmark = pytest.mark.once
OLD = [pytest.param(TCVN3_ROWS, "tcvn3", id="TCVN3"), pytest.param(VNI_ROWS, "vni", id="VNI")]
Rows = tuple[tuple[object, ...], ...]


def read(table: Table) -> list[tuple[str | None, str | None]]:
    return [(row.cells[NAME], row.cells[VILLAGE]) for row in table.rows]


@pytest.mark.parametrize(("rows", "encoding"), OLD)
def test_a_workbook_in_an_old_font_is_read_and_its_owner_told(
    tmp_path: Path, rows: Rows, encoding: str
) -> None:
    """Tú is «Tó» in TCVN3, a name as good as any: cell by cell it would come out wrong."""
    table = read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS)
    assert table.errors == []
    assert read(table) == EXPECTED
    assert table.encoding == encoding
    assert encoding.upper() in table.warnings[0].message


@pytest.mark.parametrize(("rows", "encoding"), OLD)
def test_headings_may_be_in_unicode_above_an_old_font(
    tmp_path: Path, rows: Rows, encoding: str
) -> None:
    table = read_table(workbook(tmp_path / "a.xlsx", [HEADINGS, *rows[1:]]), COLUMNS)
    assert (read(table), table.encoding) == (EXPECTED, encoding)


def test_a_column_in_unicode_stays_beside_one_in_an_old_font(tmp_path: Path) -> None:
    pairs = zip(TCVN3_ROWS[1:], PEOPLE, strict=True)
    rows = [HEADINGS, *[(*old[:2], *new[2:]) for old, new in pairs]]
    assert read(read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS)) == EXPECTED


def test_one_cell_in_an_old_font_changes_no_other(tmp_path: Path) -> None:
    """«Tân Trào» and «Bòng» have no letter of Unicode only; they are meant as they stand."""
    rows = [HEADINGS, (1, "NguyÔn V¨n An", "Tân Trào", ""), (2, "Trần Văn Tó", "Bòng", "")]
    table = read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS)
    assert read(table) == [("Nguyễn Văn An", "Tân Trào"), ("Trần Văn Tó", "Bòng")]


def test_headings_that_are_passed_over_keep_their_letters(tmp_path: Path) -> None:
    rows = [(*HEADINGS, "Ghi chú"), (1, "NguyÔn V¨n An", "Bòng", "", "")]
    assert read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS).ignored == ["STT", "Ghi chú"]


def test_columns_of_names_that_could_be_either_follow_their_heading(tmp_path: Path) -> None:
    rows = [TCVN3_ROWS[0], (1, "Bµn Tó", "Tó", ""), (2, "T« Hé", "Hé", "")]
    table = read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS)
    assert read(table) == [("Bàn Tú", "Tú"), ("Tô Hộ", "Hộ")]


@pytest.mark.parametrize(
    "name",
    [
        "Hà",
        "Tó",
        "Hé",
        "Lò Thoà",
        "Sùng Mí Já",
        "Kà Lìn",
        "Y Bê Niê",
        "H'Môn",
        "Krông Pá",
        "Thoòng",
    ],
)
def test_a_name_in_unicode_is_never_taken_for_an_old_font(tmp_path: Path, name: str) -> None:
    table = read_table(workbook(tmp_path / "a.xlsx", [HEADINGS, (1, name, name, "")]), COLUMNS)
    assert read(table) == [(name, name)]
    assert table.warnings == []


@pytest.mark.parametrize(("rows", "encoding"), OLD)
def test_a_csv_file_in_an_old_font_is_read(tmp_path: Path, rows: Rows, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv(rows).encode("latin-1"))
    table = read_table(path, COLUMNS)
    assert (read(table), table.encoding) == (EXPECTED, encoding)


def test_a_csv_file_of_windows_1258_is_read(tmp_path: Path) -> None:
    """Windows puts the tone mark behind its letter: ế is ê and a mark."""
    text = as_csv([HEADINGS, *PEOPLE])
    tones = {"ễ": "ê\u0303", "ế": "ê\u0301", "ộ": "ô\u0323", "ỗ": "ô\u0303", "ọ": "o\u0323"}
    tones |= {"à": "à", "ú": "ú", "ị": "i\u0323", "ý": "y\u0301", "ò": "o\u0300", "ử": "ư\u0309"}
    tones |= {"ủ": "u\u0309", "ố": "ô\u0301", "ổ": "ô\u0309"}
    path = tmp_path / "a.csv"
    path.write_bytes(text.translate(str.maketrans(tones)).encode("cp1258"))
    table = read_table(path, COLUMNS)
    assert (read(table), table.encoding) == (EXPECTED, "cp1258")
