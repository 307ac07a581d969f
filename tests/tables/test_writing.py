"""What is written opens in a spreadsheet as it was meant, and runs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portal.tables import Column, read_table, write_table

pytestmark = pytest.mark.once
DANGEROUS = ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
HEADINGS = ["Họ và tên", "Ghi chú"]


def sheet(stream: io.BytesIO) -> Any:
    stream.seek(0)
    return openpyxl.load_workbook(stream).active


def written(rows: list[list[object]], fmt: str = "xlsx", title: str = "") -> io.BytesIO:
    stream = io.BytesIO()
    write_table(stream, HEADINGS, rows, fmt, title)
    return stream


def lines(stream: io.BytesIO) -> list[list[str]]:
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", [*DANGEROUS, "{=1+1}"])
def test_no_text_becomes_a_formula_of_a_workbook(text: str) -> None:
    """Attack: a name that is a formula, opened by the officer who exports the list."""
    cell = sheet(written([[text]])).cell(2, 1)
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", ["https://example.org", "mailto:a@example.org", "internal:A1"])
def test_no_text_becomes_a_link(text: str) -> None:
    """Attack: an address that is opened by one careless click."""
    cell = sheet(written([[text]])).cell(2, 1)
    assert (cell.value, cell.hyperlink) == (text, None)


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("place", ["heading", "cell"])
def test_no_text_of_a_csv_file_begins_like_a_formula(text: str, place: str) -> None:
    """Attack: CSV has no types, so a spreadsheet runs whatever begins like a formula."""
    stream = io.BytesIO()
    write_table(stream, [text] if place == "heading" else ["x"], [[text]], "csv")
    assert lines(stream)[0 if place == "heading" else 1] == [f"'{text}"]


def test_no_object_of_a_csv_file_begins_like_a_formula() -> None:
    """Attack: a value that only becomes a dangerous text when it is written."""

    class Label:
        def __str__(self) -> str:
            return "=cmd()"

    assert lines(written([[Label(), -5]], "csv"))[1] == ["'=cmd()", "-5"]


def test_a_csv_file_is_opened_in_vietnamese_by_a_spreadsheet() -> None:
    raw = written([["Nguyễn Văn Ân", 'nói "có", rồi đi']], "csv").getvalue()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert lines(io.BytesIO(raw)) == [HEADINGS, ["Nguyễn Văn Ân", 'nói "có", rồi đi']]


def test_values_keep_their_kind_in_a_workbook() -> None:
    rows: list[list[object]] = [[12, 1.5], ["008090000001", None], [date(2026, 11, 24), True]]
    found = sheet(written(rows))
    values = [[cell.value for cell in row] for row in found.iter_rows(min_row=2)]
    day = datetime(2026, 11, 24)  # noqa: DTZ001 - a workbook knows no zone
    assert values == [[12, 1.5], ["008090000001", None], [day, "True"]]
    assert found.cell(4, 1).number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("value", [Decimal("1.50"), float("nan"), float("inf")])
def test_numbers_that_a_workbook_cannot_hold_are_text(value: object) -> None:
    assert sheet(written([[value]])).cell(2, 1).value == str(value)


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_moments_are_written_as_clocks_in_viet_nam_show_them(tmp_path: Path, fmt: str) -> None:
    """The database keeps UTC: 18:30 there is half past one of the next day here."""
    path = tmp_path / f"a.{fmt}"
    moment = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    write_table(path, ["Lúc"], [[moment], [date(2026, 11, 24)]], fmt)
    table = read_table(path, [Column("at", ("luc",))])
    assert [row.cells["at"] for row in table.rows] == ["24/11/2026 01:30", "24/11/2026"]


def test_bug_moments_in_a_workbook_were_text_and_sorted_by_their_day_of_the_month() -> None:
    """15/12 stood before 20/11: what a spreadsheet sorts and filters must be a date to it."""
    found = sheet(written([[datetime(2026, 11, 23, 18, 30, tzinfo=UTC)]])).cell(2, 1)
    assert found.value == datetime(2026, 11, 24, 1, 30)  # noqa: DTZ001 - a workbook knows no zone
    assert found.number_format == "dd/mm/yyyy hh:mm"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Danh sách 167/KH-UBND [nháp]", "Danh sách 167 KH-UBND  nháp"),
        ("Hộ nghèo " * 9, "Hộ nghèo Hộ nghèo Hộ nghèo Hộ n"),
        ("'?*'", "Sheet1"),
        ("", "Sheet1"),
    ],
)
def test_any_title_makes_a_sheet(title: str, name: str) -> None:
    assert sheet(written([], title=title)).title == name


def test_a_text_longer_than_a_cell_is_cut_and_not_lost() -> None:
    assert sheet(written([["a" * 40_000, "b"]])).cell(2, 1).value == "a" * 32_767


def test_more_rows_than_a_workbook_holds_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that silently lacks rows is worse than none."""
    monkeypatch.setattr("portal.tables.writing.SHEET_ROWS", 3)
    with pytest.raises(ValueError, match="too many rows"):
        written([["a"], ["b"], ["c"]])


def test_an_unknown_format_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format"):
        write_table(tmp_path / "a.ods", HEADINGS, [], "ods")


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_rows_are_taken_one_by_one(tmp_path: Path, fmt: str) -> None:
    def rows() -> Iterator[list[object]]:
        yield from ([f"Hộ {number}", number] for number in range(2000))

    path = tmp_path / f"a.{fmt}"
    write_table(path, HEADINGS, rows(), fmt)
    table = read_table(path, [Column("name", ("ho va ten",))])
    assert (len(table.rows), table.rows[-1].cells["name"]) == (2000, "Hộ 1999")
