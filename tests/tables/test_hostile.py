"""Files that would kill or fool their reader: each is one plain sentence, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.tables import TableRefusedError, child, read_table
from portal.tables.scan import scan
from tests.tables.files import (
    COLUMNS,
    CORNER,
    HEADINGS,
    PEOPLE,
    SHEET,
    XML_END,
    XML_START,
    as_csv,
    problems,
    with_member,
    workbook,
)

pytestmark = pytest.mark.once
NEITHER = "Tệp không phải bảng tính (.xlsx) cũng không phải tệp CSV."
DAMAGED = "Tệp bảng tính bị hỏng, không mở được."
LIMIT = "Việc đọc tệp vượt giới hạn thời gian hoặc bộ nhớ."
HUGE = "Tệp bung ra lớn bất thường nên không được đọc."
FIRST = b'<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbook(tmp_path / "a.xlsx", [HEADINGS, *PEOPLE])


def sentence(path: Path) -> str:
    """The only error of a file that was refused as a whole."""
    table = read_table(path, COLUMNS)
    assert problems(table) == [("", None, "")]
    assert table.rows == []
    return table.errors[0].message


def with_sheet(book: Path, rows: bytes) -> Path:
    return with_member(book, SHEET, XML_START + rows + XML_END)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "Tệp rỗng (0 byte).", id="0 bytes"),
        pytest.param(b"<html><table><tr><td>1</td></tr></table>", NEITHER, id="HTML"),
        pytest.param(b"\xef\xbb\xbf\n<!DOCTYPE html><p>", NEITHER, id="HTML behind a BOM"),
        pytest.param(b"<?xml version='1.0'?><Workbook/>", NEITHER, id="XML of 2003"),
        pytest.param(b"%PDF-1.7\n", NEITHER, id="PDF"),
        pytest.param(b"{\\rtf1", NEITHER, id="RTF"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", NEITHER, id="picture"),
        pytest.param(b"PK\x03\x04 broken", DAMAGED, id="half a ZIP"),
    ],
)
def test_what_is_no_table_is_told_by_its_content(tmp_path: Path, content: bytes, said: str) -> None:
    """Attack: another kind of file under a workbook's name."""
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(content)
    assert sentence(path) == said


def test_a_locked_or_old_workbook_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert ".xls" in sentence(path)


def test_a_workbook_under_the_name_of_a_csv_file_is_read(book: Path) -> None:
    table = read_table(book.rename(book.with_suffix(".csv")), COLUMNS)
    assert (table.errors, len(table.rows)) == ([], 3)


def test_a_file_that_is_not_there_does_not_tell_where_it_was_looked_for(tmp_path: Path) -> None:
    assert str(tmp_path) not in sentence(tmp_path / "nowhere.xlsx")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(book: Path, part: float) -> None:
    content = book.read_bytes()
    book.write_bytes(content[: int(len(content) * part)])
    assert sentence(book) == DAMAGED


def test_a_workbook_with_a_spoiled_byte_is_damaged(book: Path) -> None:
    sheet = zipfile.ZipFile(book).getinfo(SHEET)
    content = bytearray(book.read_bytes())
    content[sheet.header_offset + 60 : sheet.header_offset + 80] = b"\xff" * 20
    book.write_bytes(content)
    assert sentence(book) == DAMAGED


def test_a_document_of_another_office_program_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert sentence(path) == NEITHER


def test_a_zip_bomb_is_not_unpacked(book: Path) -> None:
    """Attack: 400 MB of blanks in 400 kB."""
    bomb = with_member(book, "xl/worksheets/sheet9.xml", b" " * 400 * 1024 * 1024)
    assert bomb.stat().st_size < 1024 * 1024
    assert sentence(bomb) == HUGE


def test_a_zip_bomb_that_lies_about_its_size_is_stopped_while_unpacking(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: the archive states small sizes and unpacks to more."""
    monkeypatch.setattr("portal.tables.scan.LARGEST_UNPACKED", 100_000)
    bomb = with_member(book, "xl/worksheets/sheet9.xml", b" " * 1_000_000)
    content = bomb.read_bytes()
    stated = (1_000_000).to_bytes(4, "little")
    assert content.count(stated) == 2
    bomb.write_bytes(content.replace(stated, (1000).to_bytes(4, "little")))
    assert sentence(bomb) in {HUGE, DAMAGED}


def test_an_archive_of_too_many_files_is_not_read(book: Path) -> None:
    """Attack: a hundred thousand tiny files."""
    with zipfile.ZipFile(book, "a") as archive:
        for number in range(600):
            archive.writestr(f"xl/worksheets/x{number}.xml", "")
    assert sentence(book) == HUGE


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        pytest.param(FIRST + CORNER, "XFD1048576", id="last corner"),
        pytest.param(FIRST + CORNER.replace(b'"', b"'"), "XFD1048576", id="single quotes"),
        pytest.param(
            FIRST + CORNER.replace(b"<c r", b"<c s='1'\n\tr"), "XFD1048576", id="other order"
        ),
        pytest.param(
            FIRST.replace(b' r="A1"', b"") + CORNER.replace(b' r="XFD1048576"', b""),
            "A1048576",
            id="cells without places",
        ),
        pytest.param(b'<row r="1"><c r="GS1"><v>1</v></c></row>', "GS1", id="too far right"),
    ],
)
def test_a_cell_far_away_is_named(book: Path, rows: bytes, cell: str) -> None:
    """Attack: 2 kB of workbook that make a reader ask for 549 GB."""
    assert f"Ô {cell} nằm ngoài giới hạn" in sentence(with_sheet(book, rows))


def test_a_cell_far_away_is_found_across_the_pieces_of_the_stream(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: padding that puts the far cell on the edge between two pieces."""
    row = b'<row r="1"><c r="A1"><v>1</v></c><c r="GS1"><v>1</v></c></row>'
    monkeypatch.setattr("portal.jobs.archives.CHUNK", len(XML_START) + row.index(b'S1"'))
    with pytest.raises(TableRefusedError, match="Ô GS1 nằm ngoài"):
        scan(with_sheet(book, row))


def test_a_rectangle_inside_the_limits_cannot_fill_the_memory(book: Path) -> None:
    """Attack: two cells span 40 million, which the reader lays out one by one."""
    rows = FIRST + b'<row r="200000"><c r="GR200000"><v>1</v></c></row>'
    assert sentence(with_sheet(book, rows)) == LIMIT


def test_empty_cells_are_not_kept_by_the_parent(book: Path) -> None:
    """Attack: 4 million empty cells, within every limit, would cost the server 500 MB."""
    rows = FIRST + b'<row r="100000"><c r="AN100000"><v>1</v></c></row>'
    table = read_table(with_sheet(book, rows), COLUMNS)
    assert len(table.errors) == 1
    sent = list(child.read({"kind": "xlsx", "path": str(book)}))
    rows = [(item["row"], len(item["cells"])) for item in sent if "row" in item]
    assert rows == [(1, 1), (100_000, 40)]


def test_text_beyond_all_measure_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: one long text shared by a million cells."""
    monkeypatch.setattr("portal.tables.reading.LETTERS", 100_000)
    rows = [(n, "A" * 3000, "Bòng", "") for n in range(100)]
    assert sentence(workbook(tmp_path / "a.xlsx", [HEADINGS, *rows])) == LIMIT


@pytest.mark.parametrize("member", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("declaration", [b"<!DOCTYPE x>", b'<!doctype x [<!ENTITY a "aaaa">]>'])
def test_a_declaration_is_refused(book: Path, member: str, declaration: bytes) -> None:
    """Attack: entities that grow, or fetch files and addresses of the server."""
    content = b'<?xml version="1.0"?>' + declaration + b"<x/>"
    assert sentence(with_member(book, member, content)) == (
        "Tệp chứa khai báo lạ mà bảng tính không cần."
    )


def test_a_declaration_in_a_picture_is_no_danger(book: Path) -> None:
    picture = b"<!DOCTYPE svg><svg/>"
    table = read_table(with_member(book, "xl/media/image1.svg", picture), COLUMNS)
    assert table.errors == []


def test_a_file_that_is_too_large_is_not_opened(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.tables.scan.LARGEST_FILE", 1024)
    assert sentence(book) == "Tệp lớn hơn 0 MB."


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda: b"x," * 5_000_000, "Ô GS1 nằm ngoài", id="one line of cells"),
        pytest.param(lambda: b"x\n" * 200_001, "Ô A200001 nằm ngoài", id="too many lines"),
        pytest.param(lambda: b"a,b\n" * 900 + b"\x00", "Tệp CSV bị hỏng", id="binary at the end"),
        pytest.param(
            lambda: "Họ tên chủ hộ".encode("utf-16")[:-1], "Tệp CSV bị hỏng", id="half a letter"
        ),
    ],
)
def test_a_csv_file_beyond_measure_is_refused(
    tmp_path: Path, make: Callable[[], bytes], said: str
) -> None:
    """Attack: a text file that grows when it is split into cells."""
    path = tmp_path / "a.csv"
    path.write_bytes(make())
    assert said in sentence(path)


@pytest.mark.parametrize("lines", [2, 100_000])
def test_a_quotation_mark_that_is_never_closed_is_named_by_its_row(
    tmp_path: Path, lines: int
) -> None:
    """Attack: one sign that swallows all rows behind it, so that they are lost without a word."""
    path = tmp_path / "a.csv"
    path.write_text(as_csv([HEADINGS, PEOPLE[0]]) + '2,"Ma B,Bòng,\n' + "3,Ma C,Bòng,\n" * lines)
    assert " 3 " in sentence(path)


def test_reading_that_takes_too_long_is_ended(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: a file that keeps its reader busy for ever."""
    monkeypatch.setattr("portal.tables.reading.SECONDS", 0.01)
    assert sentence(book) == LIMIT


def test_digits_and_formulas_of_one_file_are_all_named(tmp_path: Path) -> None:
    """Nothing else is lost: the good rows are there, and every bad cell is named at once."""
    rows = [
        HEADINGS,
        PEOPLE[0],
        (2, "=A1", "Bòng", "008"),
        (3, "Ma Văn C", "Bòng", 8090000002),
    ]
    table = read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS)
    assert problems(table) == [
        ("Danh sách", 3, "Họ và tên chủ hộ"),
        ("Danh sách", 4, "Số CCCD"),
    ]
    assert table.rows[0].number == 2


@pytest.mark.parametrize("sign", ["_x0000_", "_x0008_", "\u200b", "\u007f"])
def test_signs_without_a_shape_do_not_reach_the_database(tmp_path: Path, sign: str) -> None:
    """Attack: a NUL in a name, which PostgreSQL refuses in the middle of an import."""
    rows = [HEADINGS, (1, f"Ma{sign} Văn A", "Bòng", "")]
    table = read_table(workbook(tmp_path / "a.xlsx", rows), COLUMNS)
    assert table.rows[0].cells["name"] == "Ma Văn A"


def test_a_csv_of_formulas_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(as_csv([HEADINGS, (1, "=1+1", "@SUM", "")]))
    assert read_table(path, COLUMNS).rows[0].cells["name"] == "=1+1"
