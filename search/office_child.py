"""Reads the words of an office file inside the limited child, in parts of sensible length.

The archive was looked through before (`search.text_state.refusal`), so that nothing here unpacks
beyond measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from search.text import nfc

PART = 3_000
FLOAT_DIGITS = 10
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"part": i, "text": …}` for at most `parts` parts, and `{"left": true}` where more
    would follow. A part is about 3,000 letters; each sheet of a workbook begins one of its own.
    """
    if payload["kind"] == "docx":
        parts = _parts(_paragraphs(payload["path"]))
    else:
        parts = _sheets(payload["path"])
    for number, text in enumerate(parts, start=1):
        if number > int(payload["parts"]):
            yield {"left": True}
            return
        yield {"part": number, "text": text}


def _parts(lines: Iterable[str]) -> Iterator[str]:
    """Whole lines together until a part is full; a line longer than a part is a part."""
    kept: list[str] = []
    size = 0
    for line in map(nfc, lines):
        if kept and size + len(line) > PART:
            yield "\n".join(kept)
            kept, size = [], 0
        kept.append(line)
        size += len(line) + 1
    if kept:
        yield "\n".join(kept)


def _paragraphs(path: str) -> Iterator[str]:
    """Every paragraph in its order, in tables and text boxes too; the mark of secrecy often stands
    in a box. A box is written twice, the second time for old programs.
    """
    from docx import Document
    from docx.oxml.ns import qn

    for paragraph in Document(path).element.body.iter(qn("w:p")):
        if next(paragraph.iterancestors(FALLBACK), None) is None:
            text = _text_of(paragraph, qn("w:p")).strip()
            if text:
                yield text


def _text_of(element: Any, inner: str) -> str:
    """The letters of a paragraph without those of paragraphs in boxes that hang on it."""
    from docx.oxml.ns import qn

    breaks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    words = []
    for child in element:
        if child.tag == qn("w:t"):
            words.append(child.text or "")
        elif child.tag in breaks:
            words.append(breaks[child.tag])
        elif child.tag not in {inner, qn("w:pPr")}:
            words.append(_text_of(child, inner))
    return "".join(words)


def _sheets(path: str) -> Iterator[str]:
    """Each sheet that can be seen under its name, a line a row."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            yield from _parts(_lines(sheet.name, book.get_sheet_by_index(index).iter_rows()))


def _lines(name: str, rows: Iterable[list[Any]]) -> Iterator[str]:
    """The name alone is no text; rows without a word are left out."""
    named = False
    for row in rows:
        words = " | ".join(text for value in row if (text := _cell(value)))
        if words:
            if not named:
                yield name
            named = True
            yield words


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.{FLOAT_DIGITS}g}"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return " ".join(str(value).split())
