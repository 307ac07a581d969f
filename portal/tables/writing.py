"""Tables out: nothing that a cell holds can become a formula or a link."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 24
MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def write_table(
    target: str | Path | IO[bytes],
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    fmt: str = "xlsx",
    title: str = "",
) -> None:
    """Write rows as they come to a path or a binary stream; `fmt` is "xlsx" or "csv"."""
    if fmt == "csv":
        _write_csv(target, headings, rows)
    elif fmt == "xlsx":
        _write_xlsx(target, headings, rows, title)
    else:
        raise ValueError(f"unknown format {fmt!r}")


def _write_xlsx(
    target: str | Path | IO[bytes],
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    title: str,
) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    place = str(target) if isinstance(target, str | Path) else target
    with xlsxwriter.Workbook(place, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet((title or "Sheet1")[:31])
        sheet.set_column(0, max(len(headings) - 1, 0), WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(heading) for heading in headings], bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _cell(sheet, number, column, value, day)


def _cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool) or not isinstance(value, int | float | date):
        sheet.write_string(row, column, str(value))
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, datetime):
        sheet.write_string(row, column, f"{value:%d/%m/%Y %H:%M}")
    else:
        sheet.write_number(row, column, value)


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value


def _write_csv(
    target: str | Path | IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    if isinstance(target, str | Path):
        with Path(target).open("wb") as stream:
            _write_csv(stream, headings, rows)
        return
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([_safe(str(heading)) for heading in headings])
    writer.writerows([_safe(value) for value in row] for row in rows)
    text.flush()
    text.detach()
