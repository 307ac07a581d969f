"""Page views, counted in memory and written in batches; nothing of a visitor is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, Sum
from django.http import HttpRequest, HttpResponseBase
from django.utils import formats, timezone

from portal.home.models import ReadersNow, VisitDay
from portal.jobs import clock
from portal.jobs.batching import Batch, Counted
from portal.jobs.visitors import client_address

BATCH = 50
PAUSE = timedelta(seconds=30)
ONLINE = timedelta(minutes=5)
MOST_READERS = 100_000
# A page that wants to be counted by itself names its key here; no reader gets the header.
PAGE_HEADER = "X-Counted-Page"
PageViews = Mapping[tuple[date, int], int]
_page_writers: list[Callable[[PageViews], object]] = []
_ROBOT = re.compile(
    r"bot\b|crawl|spider|slurp|curl|wget|python|java/|headless|monitor|preview|^$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Readers now and page views, as of the last flush."""

    online: int = 0
    today: int = 0
    week: int = 0
    month: int = 0
    year: int = 0
    total: int = 0

    @property
    def shown(self) -> dict[str, str]:
        """As they are printed, thousands parted; whoever sees them is one who reads now."""
        figures = asdict(self) | {"online": max(self.online, 1)}
        return {
            name: formats.number_format(value, force_grouping=True)
            for name, value in figures.items()
        }


class Readers:
    """Who has read in the last minutes, as marks that mean nothing outside this process.

    A mark is a hash under a salt that is never written and ends with the process; five minutes
    after the last view it is dropped. Somebody whom two processes serve counts twice.
    """

    def __init__(self) -> None:
        self.process = uuid.uuid4()
        self._salt = secrets.token_bytes(16)
        self._seen: dict[bytes, datetime] = {}
        self._lock = threading.Lock()

    def see(self, request: HttpRequest | None) -> None:
        """Keep the mark of this reader."""
        if request is not None and len(self._seen) < MOST_READERS:
            words = (client_address(request), request.META.get("HTTP_USER_AGENT", ""))
            mark = hashlib.blake2b("\n".join(words).encode(), key=self._salt, digest_size=8)
            with self._lock:
                self._seen[mark.digest()] = clock.now()

    def count(self) -> int:
        """How many there are; forgets whoever has not come again."""
        since = clock.now() - ONLINE
        with self._lock:
            self._seen = {mark: at for mark, at in self._seen.items() if at > since}
            return len(self._seen)


class Counter(Batch):
    """The views of this process that are not written yet, and who reads now."""

    def __init__(self) -> None:
        super().__init__(self._keep, BATCH, PAUSE)

    def forget(self) -> None:
        """Drop everything; a forked process has readers and a name of its own."""
        super().forget()
        self._figures: Figures | None = None
        self._readers = Readers()

    def count(self, request: HttpRequest | None = None, page: str | None = None) -> None:
        """One more view, of a page that wants to know."""
        self._readers.see(request)
        today = clock.today()
        self.add((today, None), *([(today, int(page))] if page else ()))

    def figures(self) -> Figures:
        """Read again after each flush of this process."""
        if self._figures is None:
            self._figures = read_figures(clock.now())
        return self._figures

    def _keep(self, counted: Counted) -> None:
        """Days, readers and single pages together: no sum grows without the others."""
        pages = {key: count for key, count in counted.items() if key[1] is not None}
        with transaction.atomic():
            for (day, page), count in counted.items():
                if page is None:
                    _add(day, count)
            _tell(self._readers.process, self._readers.count())
            for write in _page_writers if pages else ():
                write(pages)
        self._figures = None


counter = Counter()


def _tell(process: uuid.UUID, readers: int) -> None:
    """The readers of a process; a new process clears away those that have ended."""
    now = clock.now()
    values = {"count": readers, "at": now}
    _row, made = ReadersNow.objects.update_or_create(process=process, defaults=values)
    if made:
        ReadersNow.objects.filter(at__lt=now - timedelta(days=1)).delete()


def register_pages(write: Callable[[PageViews], object]) -> None:
    """Have `write` keep the views of single pages, by day and key; called by higher rooms."""
    if write not in _page_writers:
        _page_writers.append(write)


def _add(day: date, count: int) -> None:
    changed = VisitDay.objects.filter(day=day).update(count=F("count") + count)
    if not changed:
        VisitDay.objects.bulk_create([VisitDay(day=day)], ignore_conflicts=True)
        VisitDay.objects.filter(day=day).update(count=F("count") + count)


def read_figures(moment: datetime) -> Figures:
    """Readers of all processes, and the sums of the days; weeks begin on Monday."""
    today = timezone.localtime(moment).date()
    monday = today - timedelta(days=today.weekday())
    recent = ReadersNow.objects.filter(at__gt=moment - ONLINE).aggregate(online=Sum("count"))
    sums = VisitDay.objects.aggregate(
        today=Sum("count", filter=Q(day=today)),
        week=Sum("count", filter=Q(day__gte=monday, day__lte=today)),
        month=Sum("count", filter=Q(day__year=today.year, day__month=today.month)),
        year=Sum("count", filter=Q(day__year=today.year)),
        total=Sum("count"),
    )
    return Figures(**{name: int(value or 0) for name, value in (recent | sums).items()})


def is_view(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a person has been shown a public page."""
    return (
        request.method == "GET"
        and response.status_code in {200, 304}
        and response.get("Content-Type", "").startswith("text/html")
        and not request.path_info.startswith(("/quan-tri/", "/suc-khoe/"))
        and not _ROBOT.search(request.META.get("HTTP_USER_AGENT", ""))
    )
