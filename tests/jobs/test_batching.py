"""Counts kept in memory: when they are written, and what a fault or a fork leaves of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from portal.jobs import clock
from portal.jobs.batching import Batch

MORNING = datetime(2026, 11, 24, 8, tzinfo=clock.ZONE)
PAUSE = timedelta(seconds=30)


class Book:
    """What was written, and a database that may be away."""

    def __init__(self) -> None:
        self.written: list[dict[Any, int]] = []
        self.away = False

    def write(self, counted: Mapping[Any, int]) -> None:
        if self.away:
            raise OperationalError("away")
        self.written.append(dict(counted))


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def batch(book: Book) -> Batch:
    return Batch(book.write, 3, PAUSE)


def test_every_third_event_writes_all(batch: Batch, book: Book) -> None:
    with clock.frozen(MORNING):
        for key in "abab":
            batch.add(key)
    assert book.written == [{"a": 2, "b": 1}]
    assert (batch.flush(), book.written[1:]) == (1, [{"b": 1}])
    assert (batch.flush(), len(book.written)) == (0, 2), "nothing waits, nothing is written"


def test_the_first_event_after_the_pause_writes_all(batch: Batch, book: Book) -> None:
    for seconds in (0, 29, 30):
        with clock.frozen(MORNING + timedelta(seconds=seconds)):
            batch.add("a", "sum")
    assert book.written == [{"a": 3, "sum": 3}]


def test_a_clock_that_was_put_back_stops_nothing(batch: Batch, book: Book) -> None:
    with clock.frozen(MORNING):
        batch.add("a")
    for seconds in (0, 30):
        with clock.frozen(MORNING - timedelta(days=1) + timedelta(seconds=seconds)):
            batch.add("a")
    assert book.written == [{"a": 3}]


def test_bug_an_outage_cost_the_counts_and_the_visitors_page(batch: Batch, book: Book) -> None:
    """The page was kept in the cache, and was answered with an error for the counter's sake."""
    book.away = True
    for _event in range(4):
        batch.add("a")
    with pytest.raises(OperationalError):
        batch.flush()
    batch.flush_at_exit()
    book.away = False
    batch.add("a")
    assert (batch.flush(), book.written) == (5, [{"a": 5}])


def test_a_forked_process_begins_with_nothing(batch: Batch, book: Book) -> None:
    """Else what the parent holds would be written by every child once more."""
    batch.add("a")
    child = os.fork()
    if not child:
        os._exit(batch.flush())
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert batch.flush() == 1
