"""Reads a table inside the limited child: rows of cells, one JSON item each."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

FLOAT_DIGITS = 10


def read(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield `{"sheet", "row", "cells": [[text, is_number], …]}`; then `{"encoding"}`."""
    if payload["kind"] == "xlsx":
        yield from _workbook(payload["path"])
    else:
        yield from _csv(Path(payload["path"]).read_bytes())


def _workbook(path: str) -> Iterator[dict[str, Any]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        first = sheet.start[0] if sheet.start else 0
        found = False
        for offset, values in enumerate(sheet.iter_rows()):
            found = True
            yield {
                "sheet": name,
                "row": offset + 1 if sheet.start is None else offset + 1 + _skipped(sheet, first),
                "cells": [[_text(value), isinstance(value, float | int)] for value in values],
            }
        if found:
            return


def _skipped(sheet: Any, first: int) -> int:
    """`iter_rows` begins at the first used row on some versions and at row 1 on others."""
    return first if sheet.height == sheet.total_height - first else 0


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.{FLOAT_DIGITS}g}"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _csv(raw: bytes) -> Iterator[dict[str, Any]]:
    text, encoding = decode(raw)
    yield {"encoding": encoding}
    sample = text[:4096]
    delimiter = max(
        ",;\t", key=lambda mark: sample.split("\n")[0].count(mark) or sample.count(mark)
    )
    csv.field_size_limit(100_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield {"sheet": "", "row": reader.line_num, "cells": [[cell, False] for cell in cells]}


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
