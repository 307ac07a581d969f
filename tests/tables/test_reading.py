"""Tables as people send them: headings, cells, errors with their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from portal.tables import Column, Table, read_table
from tests.tables.files import (
    COLUMNS,
    HEADINGS,
    NAME,
    NUMBER,
    PEOPLE,
    SHEET,
    VILLAGE,
    XML_END,
    XML_START,
    as_csv,
    names,
    problems,
    with_member,
    workbook,
)

pytestmark = pytest.mark.once


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "danh-sach.xlsx"


def test_a_workbook_becomes_rows_with_their_places(book: Path) -> None:
    table = read_table(workbook(book, [HEADINGS, *PEOPLE]), COLUMNS)
    assert table.errors == []
    assert [(row.sheet, row.number) for row in table.rows] == [("Danh sách", n) for n in (2, 3, 4)]
    assert table.rows[0].cells == {
        NAME: "Nguyễn Văn Ân",
        VILLAGE: "Thôn Bòng",
        NUMBER: "008090000001",
    }
    assert table.rows[0].headings[NAME] == "Họ và tên chủ hộ"
    assert table.ignored == ["STT"]


def test_headings_may_stand_below_titles_and_aside(book: Path) -> None:
    rows = [
        ["", "ỦY BAN NHÂN DÂN XÃ TÂN TRÀO"],
        [],
        ["", "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO"],
        ["", *HEADINGS],
        *[["", *row] for row in PEOPLE],
    ]
    table = read_table(workbook(book, rows), COLUMNS)
    assert table.errors == []
    assert [row.number for row in table.rows] == [5, 6, 7]


def test_rows_keep_their_number_behind_empty_ones(book: Path) -> None:
    rows = [[], [], HEADINGS, [], PEOPLE[0], [], [None, " ", ""], PEOPLE[1]]
    table = read_table(workbook(book, rows), COLUMNS)
    assert [row.number for row in table.rows] == [5, 8]


@pytest.mark.parametrize(
    "heading",
    [
        "HỌ VÀ TÊN CHỦ HỘ",
        "ho va ten chu ho",
        "Họ tên chủ hộ (*)",
        "  Họ và\n tên chủ hộ: ",
        unicodedata.normalize("NFD", "Họ và tên chủ hộ"),
        "Họ\u00a0và tên chủ\u200b hộ",
    ],
)
def test_a_heading_is_compared_without_marks_case_and_ornaments(book: Path, heading: str) -> None:
    table = read_table(workbook(book, [[heading, "Thôn"], ["Ma Văn A", "Bòng"]]), COLUMNS)
    assert table.errors == []
    assert names(table) == ["Ma Văn A"]


def test_a_missing_heading_is_named(book: Path) -> None:
    table = read_table(workbook(book, [["STT", "Họ tên chủ hộ"], [1, "Ma Văn A"]]), COLUMNS)
    assert problems(table) == [("Danh sách", 1, "thon")]
    assert table.rows == []


def test_a_doubled_heading_is_named(book: Path) -> None:
    """Two columns of villages: which one counts is not ours to guess."""
    table = read_table(workbook(book, [[*HEADINGS, "Tổ dân phố"], *PEOPLE]), COLUMNS)
    assert problems(table) == [("Danh sách", 1, "Tổ dân phố")]
    assert table.rows == []


def test_a_missing_heading_is_named_as_people_write_it(book: Path) -> None:
    columns = [Column(NAME, ("ho ten",), label="Họ và tên"), Column(VILLAGE, ("x",), label="Thôn")]
    table = read_table(workbook(book, [["Họ tên"], ["Ma Văn A"]]), columns)
    assert problems(table) == [("Danh sách", 1, "Thôn")]
    nothing = read_table(workbook(book, [["Ghi chú"]]), columns)
    assert "“Họ và tên”, “Thôn”" in nothing.errors[0].message


def test_two_columns_of_one_meaning_are_both_named(book: Path) -> None:
    """«Thôn» beside «Tổ dân phố»: no heading stands twice, so the sentence says what does."""
    table = read_table(workbook(book, [[*HEADINGS, "Tổ dân phố"], *PEOPLE]), COLUMNS)
    assert "“Thôn”" in table.errors[0].message
    assert "“Tổ dân phố”" in table.errors[0].message
    assert table.ignored == ["STT"]


@pytest.mark.parametrize("rows", [[], [["Ghi chú", "x"]], [[], [1, 2, 3]]])
def test_without_headings_the_needed_ones_are_named(
    book: Path, rows: Sequence[Sequence[object]]
) -> None:
    table = read_table(workbook(book, rows), COLUMNS)
    assert len(table.errors) == 1
    assert "“ho va ten chu ho”, “thon”" in table.errors[0].message


def test_an_optional_column_may_be_missing(book: Path) -> None:
    table = read_table(workbook(book, [HEADINGS[:3], PEOPLE[0][:3]]), COLUMNS)
    assert table.errors == []
    assert NUMBER not in table.rows[0].cells


def test_text_in_nfd_arrives_composed(book: Path) -> None:
    rows = [[unicodedata.normalize("NFD", str(cell)) for cell in row] for row in PEOPLE]
    assert names(read_table(workbook(book, [HEADINGS, *rows]), COLUMNS)) == [
        row[1] for row in PEOPLE
    ]


def test_a_numeric_citizen_number_is_an_error_of_its_cell(book: Path) -> None:
    """A number cell has lost the zeros in front, and nobody can tell how many."""
    rows = [HEADINGS, PEOPLE[0], (2, "Ma Văn B", "Bòng", 8090000002)]
    assert problems(read_table(workbook(book, rows), COLUMNS)) == [("Danh sách", 3, "Số CCCD")]


def test_numbers_and_days_are_read_as_they_are_shown(book: Path) -> None:
    columns = [Column("value", ("gia tri",))]
    moment = datetime(2026, 11, 24, 8, 30)  # noqa: DTZ001 - a workbook knows no zone
    values = [12.0, 1.5, date(2026, 11, 24), moment, 123456789012, True]
    table = read_table(workbook(book, [["Giá trị"], *[[value] for value in values]]), columns)
    assert [row.cells["value"] for row in table.rows] == [
        "12",
        "1.5",
        "24/11/2026",
        "24/11/2026 08:30",
        "123456789012",
        "TRUE",
    ]


def test_a_formula_in_a_column_that_counts_is_an_error_of_its_cell(book: Path) -> None:
    """Attack: a formula where a name is asked for; its value is not what the officer sees."""
    rows = [HEADINGS, PEOPLE[0], (2, '=CONCATENATE("Ma"," Văn B")', "Bòng", "008")]
    assert problems(read_table(workbook(book, rows), COLUMNS)) == [
        ("Danh sách", 3, "Họ và tên chủ hộ")
    ]


def test_every_formula_is_found_however_many_there_are(book: Path) -> None:
    """Attack: many harmless formulas in front, so that the last one is overlooked."""
    rows = [(f"=ROW()-{n}", "Ma Văn A", "Bòng", "008") for n in range(200)]
    last = [(1, "=A1", "Bòng", "008")]
    table = read_table(workbook(book, [HEADINGS, *rows, *last]), COLUMNS)
    assert problems(table) == [("Danh sách", 202, "Họ và tên chủ hộ")]


def test_formulas_in_columns_and_sheets_that_do_not_count_are_no_error(book: Path) -> None:
    """Serial numbers are often =ROW()-1, and a second sheet often holds sums."""
    rows = [HEADINGS, ("=ROW()-1", *PEOPLE[0][1:])]
    table = read_table(workbook(book, rows, {"B2": "=COUNTA('Danh sách'!B2:B9)"}), COLUMNS)
    assert table.errors == []
    assert names(table) == ["Nguyễn Văn Ân"]


def test_the_first_sheet_that_holds_anything_is_read(book: Path) -> None:
    table = read_table(
        workbook(book, [], {"A1": "Họ tên chủ hộ", "B1": "Thôn", "A2": "A"}), COLUMNS
    )
    assert (table.sheet, names(table)) == ("Tổng hợp", ["A"])


def test_an_empty_last_row_is_no_error(book: Path) -> None:
    """Some office programs describe the last possible row, though it holds nothing."""
    cells = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    cells += '<c r="B{0}" t="inlineStr"><is><t>{2}</t></is></c>'
    rows = [(1, "Họ tên chủ hộ", "Thôn"), (2, "Ma Văn A", "Bòng")]
    body = "".join(f'<row r="{row[0]}">{cells.format(*row)}</row>' for row in rows)
    sheet = XML_START + body.encode() + b'<row r="1048576" ht="12.8"/>' + XML_END
    table = read_table(with_member(workbook(book, []), SHEET, sheet), COLUMNS)
    assert table.errors == []
    assert names(table) == ["Ma Văn A"]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-be", "utf-16"),
    ],
)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_files_of_unicode_are_read(tmp_path: Path, encoding: str, told: str, mark: str) -> None:
    path = tmp_path / "a.csv"
    bom = {"utf-16-be": "\ufeff"}.get(encoding, "")
    path.write_bytes((bom + as_csv([HEADINGS, *PEOPLE], mark)).encode(encoding))
    table = read_table(path, COLUMNS)
    assert (table.errors, table.encoding, table.sheet) == ([], told, "")
    assert [(row.number, row.cells[NAME]) for row in table.rows] == [
        (number, row[1]) for number, row in enumerate(PEOPLE, start=2)
    ]


def test_a_csv_file_with_quotes_and_commas_keeps_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Họ tên chủ hộ,Thôn\n"Ma Văn A","Bòng, xã Tân Trào"\n', "utf-8")
    table = read_table(path, COLUMNS)
    assert table.rows[0].cells[VILLAGE] == "Bòng, xã Tân Trào"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_commas_in_the_texts_do_not_split_the_columns(tmp_path: Path, mark: str) -> None:
    rows = [(n, "Ma Văn A", "Bòng, khu A, cụm 1, ngõ 2, số 3", "") for n in range(5)]
    path = tmp_path / "a.csv"
    path.write_text(as_csv([HEADINGS, *rows], mark), "utf-8")
    table = read_table(path, COLUMNS)
    assert (table.errors, len(table.rows)) == ([], 5)
    assert table.rows[0].cells[VILLAGE] == "Bòng, khu A, cụm 1, ngõ 2, số 3"


def test_one_cell_beyond_measure_leaves_the_other_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(as_csv([HEADINGS, (1, "A" * 120_000, "Bòng", ""), (2, "Ma B", "Bòng", "")]))
    table = read_table(path, COLUMNS)
    assert problems(table) == [("", 2, "Họ và tên chủ hộ")]
    assert names(table)[1:] == ["Ma B"]
    assert len(names(table)[0] or "") < 200


@pytest.mark.parametrize("sign", ["\u200e", "\u202e", "\u00ad", "\u2066", "\u200d", "\ufeff"])
def test_signs_that_turn_or_hide_text_are_left_out(book: Path, sign: str) -> None:
    """Attack: a name that reads backwards, or differs from its double by nothing to be seen."""
    rows = [[f"Họ và tên{sign} chủ hộ", "Thôn"], [f"Ma{sign} Văn{sign} A", f"Bò{sign}ng"]]
    table = read_table(workbook(book, rows), COLUMNS)
    assert (names(table), table.rows[0].cells[VILLAGE]) == (["Ma Văn A"], "Bòng")


def test_a_break_of_no_width_between_names_is_a_space(book: Path) -> None:
    rows = [["Họ và tên chủ hộ", "Thôn"], ["Nguyễn\u200bVăn\u200b An", "B\u200bòng"]]
    table = read_table(workbook(book, rows), COLUMNS)
    assert (names(table), table.rows[0].cells[VILLAGE]) == (["Nguyễn Văn An"], "Bòng")


def test_digits_of_a_csv_file_keep_their_zeros(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(as_csv([HEADINGS, *PEOPLE]), "utf-8")
    table = read_table(path, COLUMNS)
    assert (table.errors, table.rows[0].cells[NUMBER]) == ([], "008090000001")


def test_a_long_table_is_read_to_its_end(tmp_path: Path) -> None:
    """More rows than wait for the decision about headings and font."""
    path = tmp_path / "a.csv"
    path.write_text(as_csv([HEADINGS, *[(n, f"Hộ số {n}", "Bòng", "") for n in range(3000)]]))
    table: Table = read_table(path, COLUMNS)
    assert (len(table.rows), table.rows[-1].number) == (3000, 3001)
    assert names(table)[-1] == "Hộ số 2999"
