"""Reads a table inside the limited child: rows of cells, one JSON item each.

Empty rows and empty cells at a row's end are not sent, so that what the parent holds grows with
what the file says and not with the rectangle that it spans.
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

from portal.tables.scan import COLUMNS

FLOAT_DIGITS = 10
FIELD = 100_000
SAMPLE = 20
Cell = tuple[str, bool]
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s/>]"""
)
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*?\b\w+:id=["']([^"']+)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID = re.compile(rb"""\bId=["']([^"']+)["']""")
_TARGET = re.compile(rb"""\bTarget=["']([^"']+)["']""")


def read(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"encoding"}` of a CSV file, then a row at a time.

    A row is `{"sheet", "row", "cells": [[text, is_number], …], "formulas": [index, …]}`.
    """
    if payload["kind"] == "xlsx":
        yield from _workbook(payload["path"])
    else:
        yield from _csv(Path(payload["path"]).read_bytes())


def _workbook(path: str) -> Iterator[dict[str, Any]]:
    """The rows of the first sheet that holds anything."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for index, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_index(index)
        if sheet.start is None:
            continue
        formulas = _formulas(path, index)
        first = sheet.start[1]
        for number, values in enumerate(sheet.iter_rows(), start=1):
            here = [place - first for place in formulas.get(number, ())]
            cells = [(_text(value), isinstance(value, float | int)) for value in values]
            if row := _row(name, number, cells, here):
                yield row
        return


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


def _csv(raw: bytes) -> Iterator[dict[str, Any]]:
    """One cell too many is sent, never a million of them; the parent refuses the line."""
    text, encoding = decode(raw)
    if "\0" in text:
        raise ValueError("no text")
    yield {"encoding": encoding}
    csv.field_size_limit(FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text[:4096]))
    for cells in reader:
        kept = [(cell.strip(), False) for cell in cells[: COLUMNS + 1]]
        if row := _row("", reader.line_num, kept):
            yield row


def _delimiter(sample: str) -> str:
    """The mark that the first lines hold most often."""
    lines = sample.splitlines()[:SAMPLE]
    return max(",;\t", key=lambda mark: sum(line.count(mark) for line in lines))


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
