"""Whether the holidays of a year are entered: what is missing must be seen before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractYear

from portal.jobs import clock
from portal.workdays.days import read_days
from portal.workdays.models import SATURDAY, Holiday

DAYS_OF_THE_LAW = 11  # Bộ luật Lao động 2019, Art. 112: 1 + 5 (Tết) + 1 + 1 + 2 + 1
# The next year's days are announced in autumn; deadlines that begin now may reach into it.
AHEAD = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class ThinYear:
    """A year with fewer days off than the law gives."""

    year: int
    entered: int
    most: int = DAYS_OF_THE_LAW


def years_that_matter() -> list[int]:
    """This year, and the next one from October on."""
    today = clock.today()
    return sorted({today.year, (today + AHEAD).year})


def thin_years() -> list[ThinYear]:
    """Years that matter whose days are not all entered."""
    years = years_that_matter()
    off = Holiday.objects.filter(kind=Holiday.Kind.OFF, date__year__in=years).order_by()
    counted = off.annotate(year=ExtractYear("date")).values("year").annotate(count=Count("pk"))
    entered = {row["year"]: row["count"] for row in counted}
    thin = [ThinYear(year, entered.get(year, 0)) for year in years]
    return [year for year in thin if year.entered < DAYS_OF_THE_LAW]


def on_weekends() -> list[Holiday]:
    """Days off to come on a Saturday or Sunday: the next working day is off instead (Art. 111).

    One of them is left out as soon as the working day behind it is entered as a day off.
    """
    days = read_days()
    rows = Holiday.objects.filter(
        kind=Holiday.Kind.OFF, date__gt=clock.today(), date__year__lte=years_that_matter()[-1]
    ).order_by("date")
    return [row for row in rows if row.date.weekday() >= SATURDAY and _is_open(row.date, days.off)]


def _is_open(day: date, off: frozenset[date]) -> bool:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day not in off
