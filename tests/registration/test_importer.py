"""Real files, row by row."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from portal.areas.models import User
from portal.registration.importer import ParsedList, read_list
from portal.registration.models import PublishedList
from tests.registration.conftest import HEADINGS, ROWS, Units, Workbook

LIST = PublishedList(title="Tỉnh", slug="tinh")


def read(path: Path, target: PublishedList = LIST, by: User | None = None) -> ParsedList:
    return read_list(path, target, by)


def problems(parsed: ParsedList) -> list[tuple[int | None, str]]:
    return [(error.row, error.column) for error in parsed.errors]


@pytest.fixture(autouse=True)
def _units(units: Units) -> None:
    """Communes to be resolved."""


def test_a_workbook_becomes_households(workbook: Workbook, units: Units) -> None:
    parsed = read(workbook())
    assert parsed.errors == ()
    assert parsed.ignored == ("STT",)
    assert [(row.head_name, row.village_text, row.classification) for row in parsed.rows] == [
        ("Nguyễn Văn An", "Thôn Bòng", "poor"),
        ("Nguyễn Văn Ân", "Thôn Bòng", "near_poor"),
        ("Ma Thị Đức", "Thôn Tân Lập", "near_poor"),
    ]
    assert {row.commune for row in parsed.rows} == {units.tan_trao}


@pytest.mark.parametrize(
    "headings",
    [
        ("STT", "HỌ VÀ TÊN CHỦ HỘ", "Tổ dân phố", "Phường", "Phân loại"),
        ("stt", "Ho va ten chu ho", "thôn", "Xã, phường", "dien"),
        ("STT", unicodedata.normalize("NFD", "Họ tên chủ hộ"), " Thôn ", "xã", "Diện"),
        ("STT", "Họ, tên chủ hộ (*)", "Thôn/Tổ dân phố", "Xã / Phường", "Diện hộ"),
    ],
)
def test_headings_are_understood_in_their_other_forms(
    workbook: Workbook, headings: tuple[str, ...]
) -> None:
    parsed = read(workbook(headings=headings))
    assert parsed.errors == ()
    assert len(parsed.rows) == 3


def _cp1258(text: str) -> bytes:
    """As Windows offices save it: letter first, its tone mark behind."""
    apart = (unicodedata.decomposition(letter) for letter in text)
    letters = (
        "".join(chr(int(code, 16)) for code in codes.split()) if codes else letter
        for letter, codes in zip(text, apart, strict=True)
    )
    return "".join(
        letter if letter in "âêôăơưđ" else spelled
        for letter, spelled in zip(text, letters, strict=True)
    ).encode("cp1258")


CSV = "Họ tên chủ hộ,Thôn,Xã,Diện\nLý Văn Sán,Bòng,Tân Trào,nghèo\n".replace("ộ", "o")


@pytest.mark.parametrize(
    "content",
    [CSV.encode(), CSV.encode("utf-8-sig"), CSV.encode("utf-16"), _cp1258(CSV.replace("ệ", "e"))],
    ids=["utf-8", "utf-8-sig", "utf-16", "cp1258"],
)
def test_a_csv_file_in_the_encodings_of_offices(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    parsed = read(path)
    assert parsed.errors == ()
    assert [(row.head_name, row.village_text) for row in parsed.rows] == [("Lý Văn Sán", "Bòng")]


def test_a_cell_in_an_old_font_is_read_as_it_was_meant(workbook: Workbook) -> None:
    parsed = read(workbook([(1, "NguyÔn V¨n An", "Bòng", "Tân Trào", "nghèo")]))
    assert parsed.errors == ()
    assert parsed.rows[0].head_name == "Nguyễn Văn An"


def test_old_names_of_communes_lead_to_their_successor(workbook: Workbook, units: Units) -> None:
    parsed = read(workbook([(1, "Lý A", "Bòng", "xã Kim Quan", "nghèo")]))
    assert parsed.rows[0].commune == units.tan_trao


def test_a_divided_commune_is_asked_for_never_guessed(workbook: Workbook) -> None:
    parsed = read(workbook([(1, "Lý A", "Bòng", "Trung Yên", "nghèo")]))
    assert problems(parsed) == [(2, "Xã")]
    assert "Tân Trào" in parsed.errors[0].message
    assert "Yên Sơn" in parsed.errors[0].message


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ((1, None, "Bòng", "Tân Trào", "nghèo"), "Họ và tên chủ hộ"),
        ((1, "Lý A 2", "Bòng", "Tân Trào", "nghèo"), "Họ và tên chủ hộ"),
        ((1, "+Lý A", "Bòng", "Tân Trào", "nghèo"), "Họ và tên chủ hộ"),
        ((1, "Lý A", None, "Tân Trào", "nghèo"), "Thôn"),
        ((1, "Lý A", "Bòng", None, "nghèo"), "Xã"),
        ((1, "Lý A", "Bòng", "Không Có", "nghèo"), "Xã"),
        ((1, "Lý A", "Bòng", "Tân Trào", "khá giả"), "Diện"),
        ((1, "Lý A", "Bòng", "Tân Trào", None), "Diện"),
    ],
)
def test_each_wrong_cell_is_named_by_sheet_row_and_column(
    workbook: Workbook, cells: tuple[object, ...], column: str
) -> None:
    parsed = read(workbook([ROWS[0], cells]))
    assert [(error.sheet, error.row, error.column) for error in parsed.errors] == [
        ("Danh sách", 3, column)
    ]
    assert parsed.errors[0].message


def test_a_formula_is_refused(workbook: Workbook) -> None:
    """Attack: a formula in a name runs when the list is opened in a spreadsheet later."""
    parsed = read(workbook([(1, '=HYPERLINK("http://a","An")', "Bòng", "Tân Trào", "nghèo")]))
    assert parsed.errors
    assert not parsed.rows or parsed.errors


def test_the_same_household_twice_is_a_warning(workbook: Workbook) -> None:
    parsed = read(workbook([ROWS[0], ROWS[1], ROWS[0]]))
    assert parsed.errors == ()
    (warning,) = parsed.warnings
    assert (warning.row, warning.column) == (4, "Họ và tên chủ hộ")
    assert "2" in warning.message
    assert "Nguyễn" not in warning.message


TITLES: list[tuple[object, ...]] = [
    ("I", "Thôn Bòng", None, None, None),
    ROWS[0],
    ROWS[1],
    (None, "Cộng: 2 hộ", None, None, None),
    ("II", "Thôn Tân Lập", None, None, None),
    ROWS[2],
    (),
    ("Tổng cộng: 3 hộ",),
    (None, None, None, "Tân Trào, ngày 20 tháng 11 năm 2026"),
    (None, "NGƯỜI LẬP BIỂU", None, "TM. ỦY BAN NHÂN DÂN"),
    (None, "Nguyễn Văn Ký", None, "Ma Văn Duyệt"),
]


def test_titles_sums_and_signatures_of_a_commune_s_table_are_no_households(
    workbook: Workbook,
) -> None:
    parsed = read(workbook(TITLES))
    assert parsed.errors == ()
    assert [row.head_name for row in parsed.rows] == [row[1] for row in ROWS]
    assert [warning.row for warning in parsed.warnings] == [2, 5, 6, 9, 10, 11, 12]
    assert not [one for one in parsed.warnings if "Ký" in one.message or "Duyệt" in one.message]


def test_a_formula_in_the_row_of_the_sum_is_no_error(workbook: Workbook) -> None:
    sums = (None, "Tổng cộng", "=COUNTA(B2:B4)", None, None)
    parsed = read(workbook([*ROWS, sums]))
    assert (parsed.errors, len(parsed.rows)) == ((), 3)


def test_headings_in_two_rows_and_numbers_of_columns_below(workbook: Workbook) -> None:
    headings = ("STT", "Họ và tên chủ hộ", "Địa chỉ", "", "Diện")
    below: list[tuple[object, ...]] = [(None, None, "Thôn", "Xã", None), (1, 2, 3, 4, 5), *ROWS]
    parsed = read(workbook(below, headings=headings))
    assert (parsed.errors, len(parsed.rows)) == ((), 3)


def test_a_household_without_its_commune_is_still_an_error(workbook: Workbook) -> None:
    """Attack: an incomplete household is passed over as if it were a title."""
    parsed = read(workbook([(1, "Bàn Văn Tú", None, None, None), *ROWS]))
    assert {error.row for error in parsed.errors} == {2}


@pytest.mark.parametrize(
    "written",
    [
        "Ông Nguyễn Văn An",
        "ông/hộ Nguyễn Văn An",
        "Hộ ông: Nguyễn Văn An",
        "HỘ BÀ Nguyễn Văn An",
        "Hộ gia đình ông (bà) Nguyễn Văn An",
        "Nguyễn\u200bVăn\u200e An",
    ],
)
def test_a_form_of_address_is_no_part_of_the_name(workbook: Workbook, written: str) -> None:
    parsed = read(workbook([(1, written, *ROWS[0][2:])]))
    assert parsed.errors == ()
    assert [row.head_name for row in parsed.rows] == ["Nguyễn Văn An"]
    assert len(parsed.warnings) == written.casefold().startswith(("ông", "hộ"))


@pytest.mark.parametrize("name", ["Ông Ích Khiêm", "Bàn Văn Hộ", "Hồ Văn Ông", "Bà", "Hộ Ma"])
def test_a_name_that_only_looks_like_a_form_of_address_stays(workbook: Workbook, name: str) -> None:
    parsed = read(workbook([(1, name, *ROWS[0][2:])]))
    assert [row.head_name for row in parsed.rows] == [name]


def test_a_missing_column_is_named(workbook: Workbook) -> None:
    parsed = read(workbook([("Lý A", "Bòng", "Tân Trào")], headings=HEADINGS[1:4]))
    assert parsed.rows == ()
    assert [error.column for error in parsed.errors] == ["Diện"]


def test_a_file_without_rows_is_refused(workbook: Workbook) -> None:
    parsed = read(workbook([]))
    assert len(parsed.errors) == 1


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04 broken", b"\x00\x01\x02"])
def test_a_damaged_workbook_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    parsed = read(path)
    assert parsed.rows == ()
    assert parsed.errors[0].message


def test_a_list_of_a_commune_holds_its_own_people_only(workbook: Workbook, units: Units) -> None:
    target = PublishedList(title="X", slug="x", unit=units.yen_son)
    parsed = read(workbook(ROWS[:1]), target)
    assert problems(parsed) == [(2, "Xã")]


def test_an_officer_brings_nobody_of_a_foreign_commune_into_a_list(
    workbook: Workbook, foreign_officer: User
) -> None:
    """Attack: a file with households of a commune that is not the officer's."""
    parsed = read(workbook(ROWS[:1]), by=foreign_officer)
    assert problems(parsed) == [(2, "Xã")]
