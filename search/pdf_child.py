"""Reads one PDF inside the limited child: page texts one by one, so that a limit loses little."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium

PASSWORD_CODE = 4


def read(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"count": n}`, then `{"page": i, "text": …}`; or `{"problem": locked|damaged}`."""
    try:
        document = pdfium.PdfDocument(payload["path"])
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == PASSWORD_CODE or "assword" in str(error)
        yield {"problem": "locked" if locked else "damaged"}
        return
    yield {"count": len(document)}
    for index in range(min(len(document), int(payload["pages"]))):
        yield {"page": index + 1, "text": _page_text(document, index)}


def _page_text(document: pdfium.PdfDocument, index: int) -> str:
    try:
        page = document[index]
        text = page.get_textpage().get_text_bounded()
        page.close()
    except pdfium.PdfiumError:
        return ""
    return str(text)
