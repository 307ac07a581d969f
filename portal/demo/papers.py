"""The demo's PDFs and workbooks, made when they are needed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdfium2 as pdfium

from portal.demo.content import DemoDocument, blocks
from portal.printing import render_pdf

AUTHORITIES = {
    "province": "TM. ỦY BAN NHÂN DÂN",
    "commune": "TM. ỦY BAN NHÂN DÂN",
    "department": "",
}
SCAN_SCALE = 1.6


def pdf_of(document: DemoDocument, issuer: dict[str, Any], type_label: str, day: date) -> bytes:
    """The document in the form of NĐ 30/2020/NĐ-CP; a scanned one as pictures only."""
    made = render_pdf(
        "official_document",
        {
            "above": "" if issuer["level"] == "province" else "Ủy ban nhân dân tỉnh",
            "issuer": issuer["name"],
            "number": document.number,
            "place_date": f"Tuyên Quang, {_in_words(day)}",
            "type": type_label.partition(" (")[0],
            "title": document.title,
            "note": document.note,
            "blocks": blocks(document.text),
            "recipients": ["Như trên", "Các sở, ban, ngành", "Lưu: VT"],
            "authority": AUTHORITIES[issuer["level"]],
            "post": document.post.upper(),
            "signer": document.signer,
        },
    )
    return _scan(made) if document.scanned else made


def _in_words(day: date) -> str:
    """Day below 10 and months 1 and 2 with a leading zero (Phụ lục I, II.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _scan(made: bytes) -> bytes:
    document = pdfium.PdfDocument(made)
    pages = [page.render(scale=SCAN_SCALE).to_pil().convert("L") for page in document]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()
