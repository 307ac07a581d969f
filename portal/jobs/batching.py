"""Counts kept in memory and written together, so that what is counted costs no row write."""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakSet

from django.db import DatabaseError

from portal.jobs import clock

log = logging.getLogger(__name__)
MOST_KEYS = 20_000
Counted = Mapping[Any, int]


class Batch:
    """What one process has counted and not written yet.

    Every event number `most` writes them all, and so does the first one `pause` after the last
    writing. Whoever counts shall not fail: a write that the database refuses is tried again with
    the next batch. A process that is killed loses what waits, `most - 1` events at the most; one
    that ends writes them (`flush_at_exit()`), and one that is forked begins with none.
    """

    def __init__(self, write: Callable[[Counted], object], most: int, pause: timedelta) -> None:
        """`write` gets the counts by key and writes all or nothing."""
        self._write, self._most, self._pause = write, most, pause
        self.forget()
        _batches.add(self)

    def forget(self) -> None:
        """Drop everything."""
        self._lock = threading.Lock()
        self._waiting: Counter[Hashable] = Counter()
        self._events = self._since = 0
        self._flushed: datetime | None = None

    def add(self, *keys: Hashable) -> None:
        """One event, which counts under each of the keys."""
        with self._lock:
            self._waiting.update(keys)
            self._events += 1
            self._since += 1
            due = self._since >= self._most or self._is_old()
        if due:
            self._flush_or_keep()

    def flush(self) -> int:
        """Write what waits; how many events these are. Raises `DatabaseError` and keeps them."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
            events, self._events, self._since = self._events, 0, 0
            self._flushed = clock.now()
        if not taken:
            return 0
        try:
            self._write(taken)
        except DatabaseError:
            self._put_back(taken, events)
            raise
        return events

    def flush_at_exit(self) -> None:
        """The process ends: write what waits, if the database still answers."""
        try:
            self.flush()
        except (DatabaseError, RuntimeError):
            log.warning("counts were lost: the database did not answer at the end", exc_info=True)

    def _flush_or_keep(self) -> None:
        try:
            self.flush()
        except DatabaseError:
            log.warning("counts could not be written and wait", exc_info=True)

    def _put_back(self, taken: Counter[Hashable], events: int) -> None:
        """Unless there is already so much that memory would be at stake."""
        with self._lock:
            if len(self._waiting) + len(taken) <= MOST_KEYS:
                self._waiting.update(taken)
                self._events += events

    def _is_old(self) -> bool:
        now = clock.now()
        if self._flushed is None or self._flushed > now:
            self._flushed = now
        return now - self._flushed >= self._pause


_batches: WeakSet[Batch] = WeakSet()


def _begin_anew() -> None:
    """A server loads the program once and forks: what the parent holds is the parent's to write."""
    for batch in _batches:
        batch.forget()


os.register_at_fork(after_in_child=_begin_anew)
