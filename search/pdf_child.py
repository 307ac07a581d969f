"""Reads and draws one PDF inside the limited child, page by page, so that a limit loses little."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium

from search.page_text import clean, letters_in

PASSWORD_CODE = 4
QUALITY = 70
FEW_LETTERS = 200
HARDLY_A_LETTER = 20


def read(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"count": n}`, then `{"page": i, "text": …, "picture", "lost", "bare"}`; or, of a
    file that does not open, `{"problem": locked|damaged}`.

    A picture is a page that was scanned, with a line of text on it or none; lost are letters that
    the page's fonts do not name; bare is a page with something drawn on it and hardly a letter.
    """
    document, problem = opened(payload["path"])
    if document is None:
        yield {"problem": problem}
        return
    yield {"count": len(document)}
    for index in range(min(len(document), int(payload["pages"]))):
        yield {"page": index + 1, **_page_text(document, index)}


def draw(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"page": i, "image": WebP in base64}` for the pages `first` to `last` that exist.

    An image fits into `width` by `height` pixels; a page that cannot be drawn is left out, a PDF
    that cannot be opened gives `{"problem": locked|damaged}`.
    """
    document, problem = opened(payload["path"])
    if document is None:
        yield {"problem": problem}
        return
    for index in range(int(payload["first"]) - 1, min(len(document), int(payload["last"]))):
        image = _page_image(document, index, int(payload["width"]), int(payload["height"]))
        if image:
            yield {"page": index + 1, "image": base64.b64encode(image).decode()}


def opened(path: str) -> tuple[pdfium.PdfDocument | None, str]:
    """The PDF, or why it does not open."""
    try:
        return pdfium.PdfDocument(path), ""
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == PASSWORD_CODE or "assword" in str(error)
        return None, "locked" if locked else "damaged"


def _page_text(document: pdfium.PdfDocument, index: int) -> dict[str, Any]:
    """All text of a page: boxes are wrong too often, on turned pages above all, to cut by them."""
    try:
        page = document[index]
        raw = str(page.get_textpage().get_text_range())
        letters = letters_in(raw)
        picture = letters < FEW_LETTERS and _is_covered(page)
        bare = letters < HARDLY_A_LETTER and next(iter(page.get_objects()), None) is not None
        page.close()
    except pdfium.PdfiumError:
        return {"text": "", "picture": False, "lost": False, "bare": False}
    text = clean(raw)
    lost = bool(raw.strip()) and not text
    return {"text": text, "picture": picture, "lost": lost, "bare": bare}


def _is_covered(page: pdfium.PdfPage) -> bool:
    """Whether images take up half of the page; scanners may cut one into stripes."""
    wide, high = page.get_size()
    covered = 0.0
    for image in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        covered += (right - left) * (top - bottom)
    return bool(covered >= wide * high / 2)


def _page_image(document: pdfium.PdfDocument, index: int, width: int, height: int) -> bytes:
    try:
        page = document[index]
        wide, high = page.get_size()
        if wide < 1 or high < 1:
            return b""
        scale = min(width / wide, height / high)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        page.close()
    except (pdfium.PdfiumError, ValueError):
        return b""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
