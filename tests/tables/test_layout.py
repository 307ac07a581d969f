"""Layouts of offices: headings in two rows, titles of groups, sums, signatures, several sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from portal.tables import TableRow, read_table
from portal.tables.layout import FEW, numbers_columns, spare_rows
from tests.tables.files import COLUMNS, HEADINGS, NAME, PEOPLE, VILLAGE, names, problems, workbook

pytestmark = pytest.mark.once
WANTED = (NAME, VILLAGE)
TITLE: tuple[object, ...] = ("DANH SÁCH HỘ NGHÈO NĂM 2026",)


def sheets(path: Path, *given: tuple[str, str, Sequence[Sequence[object]]]) -> Path:
    """A workbook of named sheets, each `visible`, `hidden` or `veryHidden`."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, state, rows in given:
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(list(row))
    book.active = next(i for i, one in enumerate(given) if one[1] == "visible")
    book.save(path)
    return path


def row(number: int, name: str, village: str, *before: str) -> TableRow:
    headings = {NAME: "Họ và tên chủ hộ", VILLAGE: "Thôn"}
    return TableRow("", number, {NAME: name or None, VILLAGE: village or None}, headings, before)


def spare(*rows: TableRow) -> list[int]:
    return sorted(spare_rows(rows, WANTED))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_first_sheet_is_not_taken_for_the_one_in_sight(tmp_path: Path, state: str) -> None:
    """Attack: last year's list, hidden before this year's, is published instead of it."""
    old = [HEADINGS, (1, "Ma Cũ Kỹ", "Bòng", "")]
    given = ("Cũ", state, old), ("Mới", "visible", [HEADINGS, *PEOPLE])
    table = read_table(sheets(tmp_path / "a.xlsx", *given), COLUMNS)
    assert (table.sheet, table.errors) == ("Mới", [])
    assert "Ma Cũ Kỹ" not in names(table)
    assert [warning.sheet for warning in table.warnings] == ["Cũ"]


def test_a_sheet_of_guidance_before_the_table_is_passed_over_and_named(tmp_path: Path) -> None:
    guidance = [("Hướng dẫn nhập liệu",), ("Thôn", "ghi đủ tên thôn")]
    given = (
        ("Hướng dẫn", "visible", guidance),
        ("DS", "visible", [HEADINGS, *PEOPLE]),
        ("Trống", "visible", []),
        ("Tổng hợp", "visible", [("Tổng", 3)]),
    )
    table = read_table(sheets(tmp_path / "a.xlsx", *given), COLUMNS)
    assert (table.sheet, table.errors, len(table.rows)) == ("DS", [], 3)
    assert [warning.sheet for warning in table.warnings] == ["Hướng dẫn", "Tổng hợp"]


def test_of_sheets_without_all_headings_the_nearest_is_spoken_of(tmp_path: Path) -> None:
    given = (
        ("Ghi chú", "visible", [("Hướng dẫn",)]),
        ("DS", "visible", [("STT", "Họ tên chủ hộ"), (1, "Ma A")]),
    )
    table = read_table(sheets(tmp_path / "a.xlsx", *given), COLUMNS)
    assert problems(table) == [("DS", 1, "thon")]
    assert (table.rows, table.sheet) == ([], "")


def test_merged_headings_in_two_rows_are_one(tmp_path: Path) -> None:
    rows = [
        TITLE,
        ("STT", "Họ và tên", "Địa chỉ", None, "Số CCCD"),
        (None, "chủ hộ", "Thôn", "Xã", None),
        (1, "Ma Văn A", "Bòng", "Tân Trào", "008"),
    ]
    table = read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS)
    assert table.errors == []
    assert (names(table), table.rows[0].cells[VILLAGE]) == (["Ma Văn A"], "Bòng")
    assert table.rows[0].headings[NAME] == "Họ và tên chủ hộ"
    assert table.ignored == ["STT", "Xã"]


def test_a_row_that_numbers_the_columns_is_no_household(tmp_path: Path) -> None:
    for marks in (("(1)", "(2)", "(3)", "(4)"), (1, 2, 3, 4), ("A", "B", 1, 2)):
        table = read_table(workbook(tmp_path / "a.xlsx", [HEADINGS, marks, *PEOPLE]), COLUMNS)
        assert (table.errors, len(table.rows)) == ([], 3)
        assert [warning.row for warning in table.warnings] == [2]


@pytest.mark.parametrize("heading", ["Thôn/Tổ dân phố", "Thôn / tổ dân phố", "Thôn; Tổ dân phố"])
def test_a_heading_may_name_both_kinds_of_village(tmp_path: Path, heading: str) -> None:
    columns = (COLUMNS[0], type(COLUMNS[1])(VILLAGE, ("thon", "thon, to dan pho")))
    rows = [("Họ tên chủ hộ", heading), ("Ma Văn A", "Bòng")]
    assert names(read_table(workbook(tmp_path / "a.xlsx", rows), columns)) == ["Ma Văn A"]


def test_titles_of_groups_and_sums_are_spare() -> None:
    assert spare(
        row(2, "Thôn Bản Pình", "", "I"),
        row(3, "Ma Văn A", "Bòng", "1"),
        row(4, "", "Tổ dân phố 5"),
        row(5, "Bế Văn B", "Bòng", "2"),
        row(6, "Cộng: 2 hộ", ""),
        row(7, "", "", "Xã Tân Trào"),
        row(8, "Lý Văn C", "Bòng", "3"),
    ) == [2, 4, 6, 7]


@pytest.mark.parametrize(
    ("name", "village", "before"),
    [
        ("Bàn Văn Tú", "", "4"),
        ("Bàn Văn Tú", "", ""),
        ("Tô Văn Tú", "", ""),
        ("Công Văn Tú", "", ""),
        ("Tống Văn Tú", "", ""),
        ("Phương Văn Tú", "", ""),
        ("", "Thôn Bòng", "4"),
        ("BAN VAN TU", "", ""),
    ],
)
def test_a_household_that_lacks_something_is_never_a_title(
    name: str, village: str, before: str
) -> None:
    """Attack: a household vanishes without a word because its name looks like a village's."""
    assert spare(row(2, "Ma A", "Bòng", "3"), row(3, name, village, before)) == []


def test_the_sum_and_the_signatures_behind_the_table_are_spare() -> None:
    assert spare(
        row(2, "Ma Văn A", "Bòng", "1"),
        row(3, "", "", "Tổng cộng: 3 hộ"),
        row(4, "", "Tân Trào, ngày 20 tháng 11 năm 2026"),
        row(5, "NGƯỜI LẬP BIỂU", ""),
        row(6, "Nguyễn Văn B", ""),
    ) == [3, 4, 5, 6]


def test_a_household_without_village_at_the_end_is_an_error_and_no_signature() -> None:
    assert spare(row(2, "Ma A", "Bòng"), row(3, "Ma B", ""), row(4, "Người lập biểu", "")) == [4]


def test_headings_that_are_repeated_are_spare() -> None:
    assert spare(row(2, "Ma A", "Bòng"), row(40, "HỌ VÀ TÊN CHỦ HỘ", "Thôn")) == [40]


def test_a_table_of_titles_alone_is_not_understood() -> None:
    """Attack: thousands of rows that hold nothing, each passed over with a warning."""
    assert spare(*[row(number, "", "", "x") for number in range(2, FEW + 10)]) == []


@pytest.mark.parametrize("texts", [["1"], ["1", "3"], ["2", "1"], ["1", "2", "Ma"], [], ["A", "B"]])
def test_other_rows_do_not_number_columns(texts: list[str]) -> None:
    assert not numbers_columns(texts)
