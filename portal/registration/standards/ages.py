"""Ages on the reference day, in completed months, from birth dates of which parts may be unknown.

Known year and month: the standard's setting `birth_unknown_day` (the 15th, the middle, as 1 July
is the middle of the year). Known year: `birth_unknown_month` (1 July). A child that this would
let be born after the reference day is under one year old.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Precision = Literal["day", "month", "year"]


class Day(NamedTuple):
    """A day without the cost of a `date`; also one that stands for a month or a year."""

    year: int
    month: int
    day: int


class Age(NamedTuple):
    """Completed months, and how exactly the birth date is known."""

    months: int
    precision: Precision


def day_of(text: str) -> Day:
    """`2026-09-01` as numbers; the text has been checked."""
    return Day(int(text[:4]), int(text[5:7]), int(text[8:10]))


def age_on(birth: str, on: Day, month_day: tuple[int, int], day: int) -> Age | None:
    """Age of somebody born `1980-03-01`, `1980-03` or `1980`; nothing for the unborn."""
    precision: Precision
    year, length = int(birth[:4]), len(birth)
    month = int(birth[5:7]) if length > 4 else month_day[0]
    if length > 7:
        day, precision = int(birth[8:10]), "day"
    elif length > 4:
        precision = "month"
    else:
        day, precision = month_day[1], "year"
    months = (on.year - year) * 12 + on.month - month - (on.day < day)
    if months >= 0:
        return Age(months, precision)
    started = year < on.year or (
        year == on.year and (length == 4 or (length == 7 and month <= on.month))
    )
    return Age(0, precision) if started else None
