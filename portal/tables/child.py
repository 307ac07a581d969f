"""Reads a table inside the limited child: rows of cells, one JSON item each.

Empty rows and empty cells at a row's end are not sent, so that what the parent holds grows with
what the file says and not with the rectangle that it spans. Sheets follow each other until the
parent has found the one that it wants and ends the child.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from portal.tables.headings import key_of
from portal.tables.scan import COLUMNS

FLOAT_DIGITS = 10
FIELD = 100_000
FIELD_SENT = 100
SAMPLE = 20
SAMPLE_LETTERS = 65_536
LOOKED_AT = 1024 * 1024
Cell = tuple[str, bool]
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s/>]"""
)
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*?\b\w+:id=["']([^"']+)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID = re.compile(rb"""\bId=["']([^"']+)["']""")
_TARGET = re.compile(rb"""\bTarget=["']([^"']+)["']""")


def read(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is known of the file, then a row at a time.

    A row is `{"sheet", "row", "cells": [[text, is_number], …], "formulas": [index, …]}`, of a CSV
    file with `"long"` where cells were cut. A workbook begins with `{"sheets", "hidden"}` and says
    `{"end"}` after each sheet; a CSV file begins with `{"encoding"}`, and one whose last quotation
    mark is not closed ends with `{"open_quote": row}`.
    """
    if payload["kind"] == "xlsx":
        yield from _workbook(payload["path"])
    else:
        headings = frozenset(payload.get("headings", ()))
        yield from _csv(Path(payload["path"]).read_bytes(), headings)


def _workbook(path: str) -> Iterator[dict[str, Any]]:
    """The sheets that can be seen, in their order; hidden ones hold last year's list."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    sheets = [
        (index, sheet.name, sheet.visible == SheetVisibleEnum.Visible)
        for index, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    with zipfile.ZipFile(path) as archive:
        filled = [(name, seen) for index, name, seen in sheets if _holds_cells(archive, index)]
    yield {
        "sheets": [name for name, seen in filled if seen],
        "hidden": [name for name, seen in filled if not seen],
    }
    for index, name, seen in sheets:
        if seen:
            yield from _sheet(path, index, name, book.get_sheet_by_index(index))


def _sheet(path: str, index: int, name: str, sheet: Any) -> Iterator[dict[str, Any]]:
    if sheet.start is None:
        return
    formulas = _formulas(path, index)
    first = sheet.start[1]
    for number, values in enumerate(sheet.iter_rows(), start=1):
        here = [place - first for place in formulas.get(number, ())]
        cells = [(_text(value), isinstance(value, float | int)) for value in values]
        if row := _row(name, number, cells, here):
            yield row
    yield {"end": name}


def _holds_cells(archive: zipfile.ZipFile, index: int) -> bool:
    """Whether a sheet is worth a word when it is passed over."""
    member = _member_of(archive, index)
    if member is None:
        return True
    with archive.open(member) as stream:
        return bool(_ANY_CELL.search(stream.read(LOOKED_AT)))


def _row(
    sheet: str, number: int, cells: list[Cell], formulas: Sequence[int] = ()
) -> dict[str, Any] | None:
    while cells and not cells[-1][0]:
        cells.pop()
    if not cells and not formulas:
        return None
    return {"sheet": sheet, "row": number, "cells": cells, "formulas": formulas}


def _formulas(path: str, index: int) -> dict[int, list[int]]:
    """Columns (from 0) with a formula, by row (from 1); the reader itself gives values only."""
    found: dict[int, list[int]] = defaultdict(list)
    with zipfile.ZipFile(path) as archive:
        member = _member_of(archive, index)
        for letters, row in _FORMULA.findall(archive.read(member)) if member else ():
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            found[int(row)].append(column - 1)
    return found


def _member_of(archive: zipfile.ZipFile, index: int) -> str | None:
    """The file of a sheet inside the archive; sheets and files need not stand in one order."""
    names = set(archive.namelist())
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in names:
        return None
    targets = {}
    for tag in _RELATION.findall(archive.read(relations)):
        key, target = _ID.search(tag), _TARGET.search(tag)
        if key and target:
            targets[key[1]] = target[1].decode()
    keys = _SHEET.findall(archive.read("xl/workbook.xml"))
    found = targets.get(keys[index], "") if index < len(keys) else ""
    member = found.lstrip("/") if found.startswith("/") else f"xl/{found}"
    return member if member in names else None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.{FLOAT_DIGITS}g}"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


class _Lines:
    """Hands a text to its reader line by line and remembers those of the row being read."""

    def __init__(self, text: str) -> None:
        self.stream = io.StringIO(text, newline="")
        self.kept: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self.stream:
            self.kept.append(line)
            yield line


def _csv(raw: bytes, headings: frozenset[str]) -> Iterator[dict[str, Any]]:
    """One cell too many is sent, never a million of them; the parent refuses the line."""
    text, encoding = decode(raw)
    if "\0" in text:
        raise ValueError("no text")
    yield {"encoding": encoding}
    csv.field_size_limit(len(text) + 1)
    mark = _delimiter(text[:SAMPLE_LETTERS], headings)
    lines, last = _Lines(text), list[str]()
    reader = csv.reader(iter(lines), delimiter=mark)
    for cells in reader:
        last, lines.kept = lines.kept, []
        if row := _csv_row(reader.line_num, cells[: COLUMNS + 1]):
            yield row
    if _is_open(last, mark):
        yield {"open_quote": reader.line_num - len(last) + 1}


def _csv_row(number: int, cells: list[str]) -> dict[str, Any] | None:
    """A cell beyond measure is cut and named, so that the other rows are not lost with it."""
    long = [place for place, cell in enumerate(cells) if len(cell) > FIELD]
    kept = [(cell.strip()[: FIELD_SENT if len(cell) > FIELD else None], False) for cell in cells]
    row = _row("", number, kept)
    return row | {"long": long} if row and long else row


def _is_open(lines: list[str], mark: str) -> bool:
    """Whether the last row swallowed the rest of the file behind a quotation mark."""
    try:
        list(csv.reader(lines, delimiter=mark, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _delimiter(sample: str, headings: frozenset[str]) -> str:
    """The mark under which a line holds most headings, else the one that lines hold most often.

    Texts are full of commas, so counting alone is fooled.
    """
    lines = sample.splitlines(keepends=True)[:SAMPLE]

    def weight(mark: str) -> tuple[int, int]:
        rows = csv.reader(lines, delimiter=mark)
        known = (len({key_of(cell) for cell in cells} & headings) for cells in rows)
        return max(known, default=0), sum(line.count(mark) for line in lines)

    return max(",;\t", key=weight)


def decode(raw: bytes) -> tuple[str, str]:
    """Text of a CSV file in NFC, and the encoding it came in."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _nfc(raw.decode("utf-16")), "utf-16"
    try:
        return _nfc(raw.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError:
        return _eight_bits(raw)


def _eight_bits(raw: bytes) -> tuple[str, str]:
    """cp1258 puts tone marks behind their letter; TCVN3 and VNI are repaired by their reader."""
    from search.legacy import repair_legacy, syllable_ratio

    latin, name = repair_legacy(raw.decode("latin-1"))
    try:
        windows = _nfc(raw.decode("cp1258"))
    except UnicodeDecodeError:
        return _nfc(latin), name or "latin-1"
    if name and syllable_ratio(latin) > syllable_ratio(windows):
        return _nfc(latin), name
    return windows, "cp1258"


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
