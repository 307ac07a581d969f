"""What the tests of printing share: one paper, and what a reader sees of a PDF."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
from pypdf import PdfReader

PAPER: dict[str, Any] = {
    "above": "UBND tỉnh Tuyên Quang",
    "issuer": "Sở Nội vụ",
    "number": "12/KH-SNV",
    "place_date": "Tuyên Quang, ngày 03 tháng 02 năm 2026",
    "type": "Kế hoạch",
    "title": "Thu thập thông tin về người lao động",
    "note": "Dữ liệu minh họa.",
    "blocks": [{"kind": "paragraph", "text": "Nội dung của kế hoạch."}],
    "recipients": ["Các sở, ban, ngành", "Lưu: VT"],
    "authority": "KT. Giám đốc",
    "post": "Phó Giám đốc",
    "signer": "Đặng Hữu Phúc",
}


def paper(**changes: Any) -> dict[str, Any]:
    """The paper with some of its values changed."""
    return PAPER | changes


def page_texts(made: bytes) -> list[str]:
    """The text layer as it lies in the file, page by page."""
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made)]


def one_line(made: bytes) -> str:
    """The whole text layer with every run of white space as one blank."""
    return " ".join(" ".join(page_texts(made)).split())


def reader(made: bytes) -> PdfReader:
    """The structure of the file."""
    return PdfReader(io.BytesIO(made))
