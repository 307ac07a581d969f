"""PDF from a template and data by typst: tagged, with its own fonts, without the network.

Data reaches the template as JSON and is shown as text; it is never read as markup.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst

ROOM = Path(__file__).resolve().parent
FONTS = ROOM / "fonts"
TEMPLATES = ROOM / "templates"
NO_GLYPH = "could not be displayed with font"


class PrintingError(Exception):
    """A template could not be set; names the template and what the typesetter said."""

    def __init__(self, template: str, sentence: str) -> None:
        super().__init__(f"{template}: {sentence}")
        self.template, self.sentence = template, sentence


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF/UA of `templates/<template>.typ` with `data` (anything JSON holds).

    The text layer is NFC whatever form the data came in, so that readers and search find it.
    """
    source = TEMPLATES / f"{template}.typ"
    if not source.is_file() or source.parent != TEMPLATES:
        raise PrintingError(template, "no such template")
    try:
        made = _compiled(source, data, tagged=True)
    except (typst.TypstError, RuntimeError, TypeError, ValueError) as error:
        if NO_GLYPH not in str(error):
            raise PrintingError(template, str(error)) from error
        # The standard forbids letters that no font has; a paper with an empty box is still a paper.
        made = _compiled(source, data, tagged=False)
    if not isinstance(made, bytes):
        raise PrintingError(template, "no single file came out")
    return made


def _compiled(source: Path, data: Mapping[str, Any], *, tagged: bool) -> Any:
    return typst.compile(
        str(source),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": _as_json(data)},
        pdf_standards=["ua-1"] if tagged else [],
    )


def _as_json(data: Mapping[str, Any]) -> str:
    return unicodedata.normalize("NFC", json.dumps(data, ensure_ascii=False))


def qr_svg(text: str, scale: int = 4) -> str:
    """A QR code as inline SVG; more than a code can hold is a `PrintingError`."""
    try:
        return str(segno.make(text, error="m").svg_inline(scale=scale))
    except segno.DataOverflowError as error:
        raise PrintingError("qr", str(error)) from error
