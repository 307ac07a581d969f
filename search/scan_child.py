"""Draws and recognises scanned pages inside the limited child, until a limit is reached."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium

from search.page_text import letters_in
from search.pdf_child import opened
from search.recognition import DPI, RecognitionError, recognise

# A sheet of A3 at 200 dpi; larger ones are drawn smaller, and so is what claims to be larger.
LONGEST_SIDE = 3_400
POINTS = 72
HARDLY_A_TEXT = 10
FAILURES = 2


def read(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"recognised": i, "text": …, "confidence": 0..100}` for each of the `pages` (from 1)
    that was read, the text empty where nothing is written, and `{"failed": i}` where the program
    died or took longer than `page_seconds`, which ends the reading the second time.

    No page is begun after `seconds`.
    """
    document, _problem = opened(payload["path"])
    end, failures = time.monotonic() + float(payload["seconds"]), 0
    for page in payload["pages"] if document else ():
        left = end - time.monotonic()
        if left <= 0 or failures >= FAILURES:
            return
        item = _recognised(document, int(page), min(left, float(payload["page_seconds"])))
        if "failed" in item and time.monotonic() >= end:
            return  # cut off by the limit of the whole file, which is no failure of the program
        failures += "failed" in item
        yield item


def _recognised(document: pdfium.PdfDocument, page: int, seconds: float) -> dict[str, Any]:
    try:
        found = recognise(_drawn(document, page - 1), seconds)
    except (RecognitionError, pdfium.PdfiumError, ValueError):
        return {"failed": page}
    text = found.text if letters_in(found.text) >= HARDLY_A_TEXT else ""
    return {"recognised": page, "text": text, "confidence": found.confidence}


def _drawn(document: pdfium.PdfDocument, index: int) -> Any:
    page = document[index]
    scale = min(DPI / POINTS, LONGEST_SIDE / max(*page.get_size(), 1))
    picture = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil().convert("L")
    page.close()
    return picture
