"""PDFs of every kind for the tests, made here."""

from __future__ import annotations

import io
import json

import pypdfium2 as pdfium
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter

_SOURCE = b"""
#let pages = json(bytes(sys.inputs.pages))
#set page(paper: "a4")
#for (index, text) in pages.enumerate() {
  if index > 0 { pagebreak() }
  text
}
"""


def text_pdf(*pages: str) -> bytes:
    """One page of real text for each argument."""
    made = typst.compile(_SOURCE, sys_inputs={"pages": json.dumps(pages)})
    assert isinstance(made, bytes)
    return made


def scanned_pdf(*pages: str) -> bytes:
    """The same pages as pictures, without a text layer."""
    return picture_pdf(pictures_of(*pages))


def pictures_of(*pages: str) -> list[Image.Image]:
    """The pages as a scanner sees them."""
    document = pdfium.PdfDocument(text_pdf(*pages))
    return [page.render(scale=1.5).to_pil().convert("L") for page in document]


def picture_pdf(pictures: list[Image.Image]) -> bytes:
    """Pictures, one to a page."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def locked_pdf(text: str) -> bytes:
    """A PDF that asks for a password before it opens."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf(text))))
    writer.encrypt("mat-khau", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def truncated_pdf(text: str) -> bytes:
    """A download that broke off: the head of a PDF, no objects worth reading."""
    return text_pdf(text)[:600]


def long_pdf(count: int) -> bytes:
    """`count` pages, each with its number."""
    return text_pdf(*(f"Trang số {number} của tài liệu dài" for number in range(1, count + 1)))
