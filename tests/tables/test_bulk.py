"""The same rows arrive on PostgreSQL (COPY) and SQLite (inserts)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from portal.areas.models import User
from portal.jobs.models import Job, ScheduledRun
from portal.tables.bulk import bulk_load

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 24, 1, 30, 0, 123456, tzinfo=UTC)
AWKWARD = ['tab\tnewline\nbackslash\\ "quote"', "\\N", "Đặng Thị Ưởng", "'; DROP TABLE jobs_job;--"]


def job(text: str, **values: object) -> Job:
    return Job(kind=text, params={"text": text, "list": [1, None]}, created=MOMENT, **values)


def test_values_of_every_kind_arrive_unchanged() -> None:
    owner = User.objects.create(username="canbo")
    assert bulk_load(Job, [job("a", owner=owner, started=MOMENT, done=5), job("b")]) == 2
    first, second = Job.objects.order_by("kind")
    assert (first.owner, first.started, first.done, first.total) == (owner, MOMENT, 5, None)
    assert first.params == {"text": "a", "list": [1, None]}
    assert (second.owner, second.started, second.state) == (None, None, Job.State.QUEUED)


@pytest.mark.parametrize("text", AWKWARD)
def test_signs_that_copy_or_sql_give_a_meaning_are_plain_text(text: str) -> None:
    """Attack: a cell that ends the row or the statement it is loaded with."""
    bulk_load(Job, [job(text)])
    stored = Job.objects.get()
    assert (stored.kind, stored.params["text"]) == (text, text)


@pytest.mark.parametrize("count", [0, 1, 10, 11, 25])
def test_a_stream_of_any_length_is_loaded(count: int) -> None:
    def rows() -> Iterator[ScheduledRun]:
        yield from (ScheduledRun(name=f"n{number}") for number in range(count))

    assert bulk_load(ScheduledRun, rows(), batch=10) == count
    assert ScheduledRun.objects.count() == count


def test_it_takes_a_statement_a_batch_and_not_one_a_row() -> None:
    rows = [ScheduledRun(name=f"n{number}") for number in range(200)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        bulk_load(ScheduledRun, rows, batch=100)
    assert len(queries) <= 6


@pytest.mark.django_db(transaction=True)
def test_rows_behind_a_bad_one_take_the_good_ones_back() -> None:
    """All or none, also outside of the caller's transaction."""
    rows = [ScheduledRun(name=name) for name in ("a", "b", "c", "a")]
    with pytest.raises(IntegrityError):
        bulk_load(ScheduledRun, rows, batch=2)
    assert ScheduledRun.objects.count() == 0


def test_a_stream_that_breaks_takes_its_rows_back() -> None:
    def rows() -> Iterator[ScheduledRun]:
        yield ScheduledRun(name="a")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        bulk_load(ScheduledRun, rows(), batch=1)
    assert ScheduledRun.objects.count() == 0


def test_a_key_of_the_callers_own_is_refused() -> None:
    """COPY leaves the key to the database: a row would silently get another one."""
    with pytest.raises(ValueError, match="gives the keys"):
        bulk_load(ScheduledRun, [ScheduledRun(pk=7, name="a")])
