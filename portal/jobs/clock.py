"""The one clock (design decision 23): nobody else asks the operating system what day it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VARIABLE = "PORTAL_CLOCK"

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def _shift() -> timedelta:
    """How far `PORTAL_CLOCK=2027-02-01` moves this process; the time of day stays."""
    raw = os.environ.get(VARIABLE, "").strip()
    if not raw:
        return timedelta(0)
    try:
        wanted = date.fromisoformat(raw)
    except ValueError:
        sys.stderr.write(f"{VARIABLE}: expected a day such as 2027-02-01, not {raw!r}.\n")
        raise SystemExit(2) from None
    return wanted - timezone.now().astimezone(ZONE).date()


_shifted = _shift()


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _frozen.get() or timezone.now() + _shifted


def today() -> date:
    """The day in Viet Nam."""
    return now().astimezone(ZONE).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Let time stand still at an aware moment, for tests."""
    if timezone.is_naive(moment):
        moment = moment.replace(tzinfo=ZONE)
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive one is refused (`ValueError`)."""
    if timezone.is_naive(moment):
        raise ValueError("a moment needs its zone")
    return moment.astimezone(UTC)
