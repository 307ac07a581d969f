"""Counting working days in Viet Nam: not on Saturdays, Sundays and days off.

`Days` is read once and then counts without the database; the functions below read it themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from portal.workdays.models import SATURDAY, Holiday


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar as it is entered now."""

    off: frozenset[date] = frozenset()
    exchanged: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day.weekday() < SATURDAY:
            return day not in self.off
        return day in self.exchanged

    def after(self, day: date, count: int) -> date:
        """The working day number `count` after `day`, which does not count itself.

        Raises `ValueError` for a negative count.
        """
        if count < 0:
            raise ValueError("working days are counted forward")
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def left(self, until: date, today: date) -> int:
        """Working days after today up to the last one; negative when it has passed."""
        early, late = sorted((until, today))
        span = (late - early).days
        count = sum(self.is_working(early + timedelta(days=n)) for n in range(1, span + 1))
        return count if until >= today else -count


def read_days() -> Days:
    """Today's calendar, in one query."""
    rows = list(Holiday.objects.order_by().values_list("date", "kind"))
    return Days(
        off=frozenset(day for day, kind in rows if kind == Holiday.Kind.OFF),
        exchanged=frozenset(day for day, kind in rows if kind == Holiday.Kind.WORKING),
    )


def add_working_days(day: date, count: int) -> date:
    """The working day number `count` after `day`."""
    return read_days().after(day, count)


def working_days_left(until: date, today: date) -> int:
    """Working days after today up to the last one; negative when it has passed."""
    return read_days().left(until, today)
