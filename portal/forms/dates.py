"""Dates of which only the year, or the month, is known: `1980`, `1980-03`, `1980-03-01`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MIDDLE = (7, 1)
MIDDLE_DAY = 15


def parts(value: Any) -> tuple[int, int | None, int | None] | None:
    """Year, month, day of a partial date; `None` when the text is none."""
    found = PARTIAL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day = found.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def assumed(value: Any) -> date | None:
    """The day that stands for a partial date: 1 July of a year, the 15th of a month.

    Raises nothing; a text that is no date of the calendar gives `None`.
    """
    known = parts(value)
    if known is None:
        return None
    year, month, day = known
    if month is None:
        month, day = MIDDLE
    try:
        return date(year, month, MIDDLE_DAY if day is None else day)
    except ValueError:
        return None


def age_on(value: Any, on: date) -> int | None:
    """Completed years on a day, below 0 before it; `None` without a usable date.

    Of a month or year that has begun the day is not still to come, whatever stands for it.
    """
    known, born = parts(value), assumed(value)
    if known is None or born is None:
        return None
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    begun = date(known[0], known[1] or 1, known[2] or 1) <= on
    return max(years, 0) if begun else years


def too_close(earlier: Any, later: Any, years: int) -> bool:
    """Whether fewer full years lie between two dates; nothing is said of a date that is missing."""
    end = assumed(later)
    between = age_on(earlier, end) if end else None
    return between is not None and between < years


def in_words(value: Any) -> str:
    """As it is written here: `01/03/1980`, `03/1980`, `1980`."""
    known = parts(value)
    if known is None:
        return ""
    year, month, day = known
    if month is None:
        return str(year)
    return f"{day:02}/{month:02}/{year}" if day else f"{month:02}/{year}"
