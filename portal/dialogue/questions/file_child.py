"""Looks into one file that somebody sent, inside the limited child: nothing of it is trusted."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageOps

PDF, JPEG, PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
PASSWORD_CODE = 4
QUALITY = 88
# What makes a reader of PDFs do more than show pages.
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


def examine(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"kind": "pdf"}`, `{"kind": "jpeg"|"png", "image": base64}` or `{"problem": …}`.

    `path` is the file, `pages` and `pixels` what it may have at most, `side` the longest side of
    the picture that comes back: upright, and without anything but its pixels. Problems: kind,
    damaged, locked, long, active, pixels.
    """
    path = payload["path"]
    with Path(path).open("rb") as file:
        head = file.read(8)
    if head.startswith(PDF):
        yield _pdf(path, int(payload["pages"]))
    elif head.startswith((JPEG, PNG)):
        yield _picture(path, int(payload["pixels"]), int(payload["side"]))
    else:
        yield {"problem": "kind"}


def _pdf(path: str, most: int) -> dict[str, Any]:
    try:
        document = pdfium.PdfDocument(path)
        pages = len(document)
        if pages:
            document[0].get_size()
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == PASSWORD_CODE or "assword" in str(error)
        return {"problem": "locked" if locked else "damaged"}
    if not pages:
        return {"problem": "damaged"}
    if pages > most:
        return {"problem": "long"}
    return {"problem": "active"} if _is_active(document, path) else {"kind": "pdf"}


def _is_active(document: pdfium.PdfDocument, path: str) -> bool:
    scripts = pdfium.raw.FPDFDoc_GetJavaScriptActionCount(document)
    inside = pdfium.raw.FPDFDoc_GetAttachmentCount(document)
    content = Path(path).read_bytes()
    return bool(scripts > 0 or inside > 0 or any(word in content for word in ACTIVE))


def _picture(path: str, pixels: int, side: int) -> dict[str, Any]:
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > pixels:
                return {"problem": "pixels"}
            kind = "PNG" if picture.format == "PNG" else "JPEG"
            picture.draft("RGB", (side, side))
            return {"kind": kind.lower(), "image": _anew(picture, kind, side)}
    except Image.DecompressionBombError:
        return {"problem": "pixels"}
    except (OSError, ValueError, SyntaxError):
        return {"problem": "damaged"}


def _anew(picture: Image.Image, kind: str, side: int) -> str:
    """Only pixels go over: no position, no comment, nothing behind the end of the picture."""
    upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    upright.thumbnail((side, side))
    bare = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        bare = upright.convert("RGBA")
        bare.info.clear()
    else:
        bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    return base64.b64encode(out.getvalue()).decode()
