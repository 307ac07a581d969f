"""Tables out: nothing that a cell holds can become a formula or a link."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

from portal.jobs.clock import ZONE

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDTH = 24
SHEET_ROWS = 1_048_576
CELL_LETTERS = 32_767
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\]")
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
    """Write rows as they come to a path or a binary stream; `fmt` is "xlsx" or "csv".

    Moments are written as Viet Nam's clocks show them, in a workbook as dates that it can sort. A
    workbook holds 1,048,576 rows; more is a `ValueError`, never a file that lacks some.
    """
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
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.set_column(0, max(len(headings) - 1, 0), WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(heading) for heading in headings], bold)
        for number, row in enumerate(rows, start=1):
            if number >= SHEET_ROWS:
                raise ValueError("too many rows for a workbook; write CSV")
            for column, value in enumerate(row):
                _cell(sheet, number, column, value, (day, moment))


def _sheet_name(title: str) -> str:
    return _SHEET_SIGNS.sub(" ", title).strip(" '")[:31].strip(" '") or "Sheet1"


def _cell(sheet: Any, row: int, column: int, value: Any, formats: tuple[Any, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, _here(value).replace(tzinfo=None), formats[1])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[0])
    elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:CELL_LETTERS])


def _here(value: datetime) -> datetime:
    return timezone.localtime(value, ZONE) if timezone.is_aware(value) else value


def _moment(value: datetime) -> str:
    return f"{_here(value):%d/%m/%Y %H:%M}"


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


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
