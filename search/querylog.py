"""What visitors look for, counted by day: words without digits, and nobody's name.

Counted in memory and written in batches, so that a search writes nothing. Kept are the words and
the day; no address, no hour, nothing that joins two searches. Searches that touch posted lists
are left out, and so is what looks like a person's name, posted or not.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F

from portal.jobs import clock
from search import names
from search.contract import LIST_ENTRY, Reason, SearchResult
from search.models import QueryCount
from search.queries import COMMUNE_FACET, Asked
from search.text import words

log = logging.getLogger(__name__)
BATCH = 50
PAUSE = timedelta(minutes=1)
MOST_WORDS, LONGEST = 12, 80
Term = tuple[date, str]


def note(asked: Asked, result: SearchResult) -> None:
    """Count a search of a visitor, unless it may have been for a household."""
    if asked.page > 1 or result.reason == Reason.ENGINE_DOWN or _of_lists(asked, result):
        return
    kept = [word for word in words(asked.text) if word.isalpha()][:MOST_WORDS]
    if kept and not names.suspected(kept):
        counter.add(" ".join(kept)[:LONGEST].strip(), answered=bool(result.total))


def _of_lists(asked: Asked, result: SearchResult) -> bool:
    """Households were asked for or are among what fits, or somebody may be meant by the words."""
    if LIST_ENTRY in asked.kinds or asked.filters.get(COMMUNE_FACET):
        return True
    return LIST_ENTRY in result.withheld or bool(result.facets.get("kind", {}).get(LIST_ENTRY))


class Counter:
    """The searches of this process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Term, list[int]] = {}
        self._count = 0
        self._flushed: datetime | None = None

    def add(self, text: str, *, answered: bool) -> None:
        """One more; every fiftieth, or one after a minute, writes them all."""
        with self._lock:
            held = self._waiting.setdefault((clock.today(), text), [0, 0])
            held[0] += 1
            held[1] += not answered
            self._count += 1
            due = self._count >= BATCH or self._is_old()
        if due:
            self.flush_or_drop()

    def _is_old(self) -> bool:
        now = clock.now()
        if self._flushed is None or self._flushed > now:
            self._flushed = now
        return now - self._flushed >= PAUSE

    def flush(self) -> int:
        """Write what waits; how many searches these are."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            count, self._count = self._count, 0
            self._flushed = clock.now()
        _write(waiting)
        return count

    def flush_or_drop(self) -> None:
        """A visitor's answer does not hang on the log."""
        try:
            self.flush()
        except DatabaseError:
            log.warning("search: the counted queries could not be written", exc_info=True)

    def flush_at_exit(self) -> None:
        """The process ends: write what waits, if the database still answers."""
        with suppress(DatabaseError, RuntimeError):
            self.flush()

    def forget(self) -> None:
        """Drop everything; for tests."""
        self.__init__()  # type: ignore[misc]


counter = Counter()


def _write(waiting: dict[Term, list[int]]) -> None:
    """Rows that are missing first, then one update for all that grow by the same."""
    if not waiting:
        return
    rows = [QueryCount(day=day, text=text) for day, text in sorted(waiting)]
    QueryCount.objects.bulk_create(rows, ignore_conflicts=True)
    groups: dict[tuple[date, int, int], list[str]] = defaultdict(list)
    for (day, text), (asked, unanswered) in sorted(waiting.items()):
        groups[day, asked, unanswered].append(text)
    for (day, asked, unanswered), texts in groups.items():
        QueryCount.objects.filter(day=day, text__in=texts).update(
            asked=F("asked") + asked, unanswered=F("unanswered") + unanswered
        )


def forget_old() -> int:
    """Erase the days that are older than `SEARCH_LOG_DAYS`; how many rows these were."""
    first = clock.today() - timedelta(days=settings.SEARCH_LOG_DAYS)
    return QueryCount.objects.filter(day__lt=first).delete()[0]
