"""Windows of lists: days as people say them, moments as the clock compares them.

People name a first and a last day, both included; stored are aware moments, half open, in the
time of Asia/Ho_Chi_Minh.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from portal.jobs import clock
from portal.jobs.clock import ZONE
from portal.registration.errors import DayOutOfReachError, WindowError, WindowTooLongError
from portal.workdays.days import add_working_days

LONGEST_DAYS = 366
FIRST_YEAR, LAST_YEAR = 2000, 2100

# QĐ 24/2021/QĐ-TTg asks for posting; that it lasts three working days is recalled, not verified.
POSTING_WORKING_DAYS_UNVERIFIED = 3


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), ZONE)


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return start_of(day + timedelta(days=1))


def last_day(until: datetime) -> date:
    """The last day on which something ending at `until` can be seen."""
    return (until - timedelta(microseconds=1)).astimezone(ZONE).date()


def default_days(start: date | None = None) -> tuple[date, date]:
    """First and last day when nobody says otherwise: from today, three working days on."""
    first = reachable(start or clock.today())
    return first, add_working_days(first, POSTING_WORKING_DAYS_UNVERIFIED)


def reachable(day: date) -> date:
    """The day, if it can be meant: days at the end of the calendar have no day after them."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayOutOfReachError(first=FIRST_YEAR, last=LAST_YEAR)
    return day


def checked(first: date, last: date) -> tuple[datetime, datetime]:
    """The window of these days, or a named refusal."""
    reachable(first)
    reachable(last)
    if last < first or last < clock.today():
        raise WindowError
    if (last - first).days > LONGEST_DAYS:
        raise WindowTooLongError(most=LONGEST_DAYS)
    return start_of(first), end_of(last)
