"""The demo's PDFs, made when they are needed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdfium2 as pdfium

from portal.demo.content import DemoDocument, blocks, with_annexes
from portal.printing import render_pdf

COMMITTEES = ("province", "commune")
RECIPIENTS = ("Các sở, ban, ngành", "Lưu: VT")
LETTER = "Công văn"
SCAN_DPI = 200  # the least that NĐ 30/2020/NĐ-CP, Phụ lục I asks of a scan


def pdf_of(document: DemoDocument, issuer: dict[str, Any], type_label: str, day: date) -> bytes:
    """The document in the form of NĐ 30/2020/NĐ-CP; a scanned one as pictures only."""
    kind = _spoken_type(type_label)
    main, annexes = with_annexes(blocks(document.text))
    made = render_pdf(
        "official_document",
        {
            "above": issuer.get("above", ""),
            "issuer": "\n".join(issuer.get("lines", [issuer["name"]])),
            "number": document.number,
            "place_date": f"{issuer.get('place', 'Tuyên Quang')}, {_in_words(day)}",
            "type": "" if kind == LETTER else kind,
            "title": _abstract_line(document.title, kind),
            "note": document.note,
            "blocks": main,
            "annexes": annexes,
            "recipients": document.recipients or list(RECIPIENTS),
            **_signature(document, issuer["level"]),
        },
    )
    return _scan(made) if document.scanned else made


def _spoken_type(label: str) -> str:
    """`Quyết định (cá biệt)` and `Quyết định của Ủy ban nhân dân` both print as `Quyết định`."""
    return label.partition(" (")[0].partition(" của ")[0]


def _abstract_line(title: str, kind: str) -> str:
    """The title without its type, which stands on a line of its own; V/v for a letter."""
    rest = title.removeprefix(kind).strip()
    if kind == LETTER:
        return rest.replace("về việc", "V/v", 1)
    return rest[:1].upper() + rest[1:]


def _signature(document: DemoDocument, level: str) -> dict[str, str]:
    """Authority, post and name: a deputy signs for the head (KT.), committees as a body (TM.)."""
    body = ["TM. Ủy ban nhân dân"] if level in COMMITTEES else []
    head = document.post.removeprefix("Phó ")
    deputy = [f"KT. {head}"] if head != document.post else []
    return {
        "authority": "\n".join(body + deputy),
        "post": document.post,
        "signer": document.signer,
    }


def _in_words(day: date) -> str:
    """Day below 10 and months 1 and 2 with a leading zero (Phụ lục I, II.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _scan(made: bytes) -> bytes:
    """The pages as pictures at 200 dpi and the size of the paper, without a text layer."""
    document = pdfium.PdfDocument(made)
    pages = [page.render(scale=SCAN_DPI / 72).to_pil().convert("L") for page in document]
    out = io.BytesIO()
    pages[0].save(
        out, "PDF", resolution=SCAN_DPI, quality=70, save_all=True, append_images=pages[1:]
    )
    return out.getvalue()
