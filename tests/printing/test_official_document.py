"""The form of an official document (thể thức, NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from typing import Any

import pytest

from portal.printing import render_pdf
from tests.printing.papers import one_line, page_texts, paper, reader

A4 = (595.28, 841.89)
LONG = [{"kind": "paragraph", "text": "Câu văn dài của kế hoạch. " * 60}] * 6
TABLE = {
    "kind": "table",
    "columns": ["STT", "Địa bàn", "Chỉ tiêu"],
    "widths": [1, 4, 2],
    "rows": [["1", "Thành phố Tuyên Quang", "3.591"]],
}


def printed(**changes: Any) -> str:
    """The text of the changed paper."""
    return one_line(render_pdf("official_document", paper(**changes)))


@pytest.mark.parametrize(
    "part",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "UBND TỈNH TUYÊN QUANG SỞ NỘI VỤ",
        "Số: 12/KH-SNV",
        "Tuyên Quang, ngày 03 tháng 02 năm 2026",
        "KẾ HOẠCH Thu thập thông tin về người lao động",
        "Nội dung của kế hoạch.",
        "Nơi nhận: - Các sở, ban, ngành; - Lưu: VT.",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Đặng Hữu Phúc",
        "Dữ liệu minh họa.",
    ],
)
def test_every_main_component_stands(part: str) -> None:
    assert part in printed()


def test_the_paper_is_a4() -> None:
    box = reader(render_pdf("official_document", paper())).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(A4, abs=0.1)


def test_the_page_number_stands_on_top_from_the_second_page_on() -> None:
    texts = page_texts(render_pdf("official_document", paper(blocks=LONG)))
    assert len(texts) >= 3
    assert not texts[0].lstrip().startswith("1")
    assert [text.split()[0] for text in texts[1:]] == [str(n + 2) for n in range(len(texts) - 1)]


def test_a_letter_has_its_subject_below_the_number_and_no_type() -> None:
    text = printed(type="", number="640/UBND-KGVX", title="V/v chuẩn bị lễ hội")
    assert "Số: 640/UBND-KGVX V/v chuẩn bị lễ hội" in text
    assert "KẾ HOẠCH" not in text


def test_annexes_follow_the_signature_on_pages_of_their_own() -> None:
    annex = {"label": "PHỤ LỤC I", "title": "Chỉ tiêu", "blocks": [TABLE]}
    texts = page_texts(render_pdf("official_document", paper(annexes=[annex])))
    assert "Đặng Hữu Phúc" in texts[0]
    assert "PHỤ LỤC I" not in texts[0]
    assert "(Kèm theo Kế hoạch số 12/KH-SNV)" in texts[1]
    assert "3.591" in texts[1]


def test_lettered_points_follow_the_vietnamese_alphabet() -> None:
    points = {"kind": "list", "ordered": True, "items": ["một", "hai", "ba", "bốn", "năm", "sáu"]}
    assert "a) một b) hai c) ba d) bốn đ) năm e) sáu" in printed(blocks=[points])


def test_a_table_has_cells_of_heading_for_readers_by_ear() -> None:
    made = render_pdf("official_document", paper(blocks=[TABLE]))
    root: Any = reader(made).trailer["/Root"]
    assert {"/Table", "/TH", "/TD"} <= set(_tags(root["/StructTreeRoot"]))


def _tags(node: Any) -> list[str]:
    """Kinds of all elements below a node of the structure tree."""
    children = node.get("/K", [])
    listed = children if isinstance(children, list) else [children]
    inner = [child.get_object() for child in listed]
    found = [str(node["/S"])] if "/S" in node else []
    return found + [tag for child in inner if hasattr(child, "get") for tag in _tags(child)]
