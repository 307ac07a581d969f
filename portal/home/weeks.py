"""Weeks as the schedule names them: `2026-W48`, from Monday to Sunday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

_NAMED = re.compile(r"(\d{4})-[Ww](\d{1,2})")
DAYS = 7


def monday_of(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - timedelta(days=day.weekday())


def name_of(monday: date) -> str:
    """`2026-W48`."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def monday_named(name: str) -> date | None:
    """The Monday of `2026-W48`; nothing where no such week is."""
    found = _NAMED.fullmatch(name.strip())
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None


def title_of(monday: date) -> str:
    """`Lịch công tác tuần 48 (23/11 – 29/11/2026)`."""
    last = monday + timedelta(days=DAYS - 1)
    first_format = "d/m" if monday.year == last.year else "d/m/Y"
    return _("Work schedule of week %(week)s (%(first)s – %(last)s)") % {
        "week": monday.isocalendar().week,
        "first": date_format(monday, first_format),
        "last": date_format(last, "d/m/Y"),
    }
