"""What many pages share (top of the tree, menu, running notices), kept in this process.

All of it belongs to one version of `cache.py` and is dropped with it: the version is read from the
database for every request, before anything is taken, so that what is withdrawn by any process is
gone with its commit. It ends as kept pages do, too: at the next edge of any room's window, at
midnight, after five minutes (`PAGE_SHARED_SECONDS`). Inside a transaction nothing is taken or
kept: its own writes may be rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.home import cache
from portal.jobs import clock

T = TypeVar("T")

SECONDS = 300
# Mostly rows of lists, a kilobyte each; whoever walks through all of them drops the oldest.
MOST = 2000


@dataclass
class _Shelf:
    """The values of one version."""

    number: int
    begun: datetime
    until: datetime
    values: dict[Hashable, Any] = field(default_factory=dict)

    def counts(self, number: int, now: datetime) -> bool:
        return self.number == number and self.begun <= now < self.until


_shelf: _Shelf | None = None


def shared(request: HttpRequest, key: Hashable, build: Callable[[], T]) -> T:
    """The value of a key; `build()` reads it anew after each change of any public page.

    It must hold nothing of one reader or address, and whoever takes it must not change it.
    """
    if request.method not in {"GET", "HEAD"} or not seconds() or in_transaction():
        return build()
    shelf = _shelf_of(cache.version_of(request))
    if key in shelf.values:
        kept: T = shelf.values[key]
        return kept
    value = build()
    if len(shelf.values) >= MOST:
        shelf.values.pop(next(iter(shelf.values)), None)
    shelf.values[key] = value
    return value


def place(request: HttpRequest) -> tuple[str, str, str]:
    """What addresses and words within a value depend on: host, port, language."""
    return request.get_host(), request.get_port(), get_language() or ""


def seconds() -> int:
    """How long a value may live at most; 0 shares nothing."""
    return int(getattr(settings, "PAGE_SHARED_SECONDS", SECONDS))


def in_transaction() -> bool:
    """Whether something may have been written that is not yet so for everybody."""
    return bool(connection.in_atomic_block)


def forget() -> None:
    """Drop everything; for tests."""
    global _shelf  # noqa: PLW0603 - one shelf a process
    _shelf = None


def _shelf_of(number: int) -> _Shelf:
    global _shelf  # noqa: PLW0603 - one shelf a process
    now, kept = clock.now(), _shelf
    if kept is None or not kept.counts(number, now):
        until = now + timedelta(seconds=seconds())
        kept = _Shelf(number, now, min(cache.next_edge(now), until))
        _shelf = kept
    return kept
