"""PDF from a template and data by typst: tagged, with its own fonts, without the network.

Data reaches the template as JSON and is shown as text; it is never read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst

ROOM = Path(__file__).resolve().parent
FONTS = ROOM / "fonts"
TEMPLATES = ROOM / "templates"


class PrintingError(Exception):
    """A template could not be set; names the template and what the typesetter said."""

    def __init__(self, template: str, sentence: str) -> None:
        super().__init__(f"{template}: {sentence}")
        self.template, self.sentence = template, sentence


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF/UA of `templates/<template>.typ` with `data` (anything JSON holds)."""
    source = TEMPLATES / f"{template}.typ"
    if not source.is_file() or source.parent != TEMPLATES:
        raise PrintingError(template, "no such template")
    try:
        made = typst.compile(
            str(source),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except (typst.TypstError, RuntimeError) as error:
        raise PrintingError(template, str(error)) from error
    if not isinstance(made, bytes):
        raise PrintingError(template, "no single file came out")
    return made


def qr_svg(text: str, scale: int = 4) -> str:
    """A QR code as inline SVG."""
    return str(segno.make(text, error="m").svg_inline(scale=scale))
