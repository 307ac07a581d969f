"""Page views, counted in memory and written in batches; nothing of a visitor is kept."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError
from django.db.models import F, Q, Sum
from django.http import HttpRequest, HttpResponseBase

from portal.home.models import VisitDay
from portal.jobs import clock

BATCH = 50
PAUSE = timedelta(seconds=30)
# A page that wants to be counted by itself names its key here; no reader gets the header.
PAGE_HEADER = "X-Counted-Page"
PageViews = Mapping[tuple[date, int], int]
_page_writers: list[Callable[[PageViews], object]] = []
_ROBOT = re.compile(
    r"bot\b|crawl|spider|slurp|curl|wget|python|java/|headless|monitor|preview|^$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Page views as of the last flush."""

    today: int = 0
    month: int = 0
    year: int = 0
    total: int = 0


class Counter:
    """The views of this process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[date, int] = {}
        self._pages: dict[tuple[date, int], int] = {}
        self._flushed: datetime | None = None
        self._figures: Figures | None = None

    def add(self, page: str | None = None) -> None:
        """One more view; every fiftieth, or one after half a minute, writes them all."""
        with self._lock:
            today = clock.today()
            self._waiting[today] = self._waiting.get(today, 0) + 1
            if page:
                key = (today, int(page))
                self._pages[key] = self._pages.get(key, 0) + 1
            due = sum(self._waiting.values()) >= BATCH or self._is_old()
        if due:
            self.flush()

    def _is_old(self) -> bool:
        now = clock.now()
        if self._flushed is None or self._flushed > now:
            self._flushed = now
        return now - self._flushed >= PAUSE

    def flush(self) -> int:
        """Write what waits; the number of views written."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            pages, self._pages = self._pages, {}
            self._flushed, self._figures = clock.now(), None
        for day, count in waiting.items():
            _add(day, count)
        for write in _page_writers if pages else ():
            write(pages)
        return sum(waiting.values())

    def flush_at_exit(self) -> None:
        """The process ends: write what waits, if the database still answers."""
        with suppress(DatabaseError, RuntimeError):
            self.flush()

    def figures(self) -> Figures:
        """Today, month, year and total; read again after each flush of this process."""
        if self._figures is None:
            self._figures = read_figures(clock.today())
        return self._figures

    def forget(self) -> None:
        """Drop everything; for tests."""
        self.__init__()  # type: ignore[misc]


counter = Counter()


def register_pages(write: Callable[[PageViews], object]) -> None:
    """Have `write` keep the views of single pages, by day and key; called by higher rooms."""
    if write not in _page_writers:
        _page_writers.append(write)


def _add(day: date, count: int) -> None:
    changed = VisitDay.objects.filter(day=day).update(count=F("count") + count)
    if not changed:
        VisitDay.objects.bulk_create([VisitDay(day=day)], ignore_conflicts=True)
        VisitDay.objects.filter(day=day).update(count=F("count") + count)


def read_figures(today: date) -> Figures:
    """All figures in one query."""
    sums = VisitDay.objects.aggregate(
        today=Sum("count", filter=Q(day=today)),
        month=Sum("count", filter=Q(day__year=today.year, day__month=today.month)),
        year=Sum("count", filter=Q(day__year=today.year)),
        total=Sum("count"),
    )
    return Figures(**{name: int(value or 0) for name, value in sums.items()})


def is_view(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a person has been shown a public page."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not request.path_info.startswith(("/quan-tri/", "/suc-khoe/"))
        and not _ROBOT.search(request.META.get("HTTP_USER_AGENT", ""))
    )
