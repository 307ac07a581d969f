"""Reading DOCX, XLSX and ODS: every bad file ends in a state and a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search.files import ReadText, TextState, read_file
from tests import office, pdfs


def read(folder: Path, kind: str, content: bytes) -> ReadText:
    path = folder / f"tep.{kind}"
    path.write_bytes(content)
    return read_file(path, kind)


def test_paragraphs_cells_and_boxes_of_a_docx(tmp_path: Path) -> None:
    """The mark of secrecy often stands in a box, which is written twice."""
    content = office.docx("Kế hoạch", "trồng mận", cells=("Thôn Tân Lập", "12 hộ"), box="MẬT")
    text = read(tmp_path, "docx", content)
    assert (text.state, text.page_count, text.sentence) == (TextState.TEXT, 0, "")
    assert text.pages == ("MẬT\nKế hoạch\ntrồng mận\nThôn Tân Lập\n12 hộ",)


def test_a_long_docx_comes_in_parts_of_whole_paragraphs(tmp_path: Path, settings: Any) -> None:
    lines = [f"Đoạn {number}: {'chữ ' * 100}".strip() for number in range(20)]
    text = read(tmp_path, "docx", office.docx(*lines))
    assert len(text.pages) == 3
    assert "\n".join(text.pages).split("\n") == lines
    settings.SEARCH_FILE_PAGES = 2
    text = read(tmp_path, "docx", office.docx(*lines))
    assert (text.state, len(text.pages), bool(text.sentence)) == (TextState.TEXT, 2, True)


def test_rows_of_the_sheets_that_can_be_seen(tmp_path: Path) -> None:
    sheets: list[tuple[str, list[list[object]]]] = [
        ("Danh sách", [["Họ tên", "Diện tích"], ["Ma Thị Đức", 12.5], ["Cộng", 3.0]]),
        ("Trống", []),
        ("Nháp", [["bí mật"]]),
    ]
    text = read(tmp_path, "xlsx", office.xlsx(*sheets, hidden="Nháp"))
    assert text.pages == ("Danh sách\nHọ tên | Diện tích\nMa Thị Đức | 12.5\nCộng | 3",)


def test_an_ods_is_read_as_well(tmp_path: Path) -> None:
    text = read(tmp_path, "ods", office.ods("Tờ 1", "Mận", "chín sớm"))
    assert (text.state, text.pages) == (TextState.TEXT, ("Tờ 1\nMận | chín sớm",))


BOMB = office.with_member(office.docx("Bom"), "word/bom.xml", b"\0" * 5_000_000)
ENTITY = office.with_declaration(office.docx("x"))


@pytest.mark.parametrize(
    ("kind", "content", "state"),
    [
        ("docx", b"", TextState.EMPTY),
        ("docx", office.locked(), TextState.LOCKED),
        ("xlsx", office.locked(), TextState.LOCKED),
        ("docx", BOMB, TextState.TOO_LARGE),
        ("docx", ENTITY, TextState.DAMAGED),
        ("docx", office.docx("cắt")[:900], TextState.DAMAGED),
        ("xlsx", office.docx("đổi đuôi"), TextState.NOT_OFFICE),
        ("docx", pdfs.text_pdf("đổi đuôi"), TextState.DAMAGED),
        ("docx", office.docx(), TextState.WORDLESS),
        (
            "docx",
            office.with_member(office.docx("x"), "word/document.xml", b"<a>"),
            TextState.DAMAGED,
        ),
    ],
    ids=[
        *("empty", "locked", "locked-xlsx", "bomb", "entity", "cut", "other", "pdf", "wordless"),
        "no-xml",
    ],
)
def test_a_bad_office_file_is_a_state_with_a_sentence(
    tmp_path: Path,
    kind: str,
    content: bytes,
    state: TextState,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("search.text_state.LARGEST_UNPACKED", 2_000_000)
    text = read(tmp_path, kind, content)
    assert (text.state, text.pages, bool(text.sentence)) == (state, (), True)


def test_a_sheet_with_a_cell_in_the_last_corner_costs_its_reader_alone(
    tmp_path: Path, settings: Any
) -> None:
    """1.4 kB of workbook make a reader ask for 549 GB."""
    settings.SEARCH_FILE_MEMORY_MB = 512
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "đầu")
    sheet.write(1_048_575, 16_383, "cuối")
    book.close()
    text = read(tmp_path, "xlsx", out.getvalue())
    assert (text.state, bool(text.sentence)) == (TextState.TOO_LARGE, True)
