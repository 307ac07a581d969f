"""Forms sent per second by several processes at once, each over a connection of its own."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import statistics
import time
import uuid
from collections.abc import Callable, MutableSequence, Sequence
from functools import cache
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg
from django.db import connection, models

from benchmarks import drafts, same_rows
from benchmarks.form_lines import COMMUNES, SENDERS
from portal.forms import ledger, services
from portal.forms.models import LedgerEntry, Submission
from portal.registration.models import Declaration

ROUNDS = 3
SECONDS = 4
FORMS = 1_000
ROWS = 20_000
WARM = 4
PATIENCE = 120
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
TABLE = "bench_bare"

Work = Callable[[Any], None]


class NotSentError(Exception):
    """Forms are missing, came twice, or the server does not wait for its disk."""


def measure() -> dict[str, float]:
    """The median of alternating rounds; afterwards every form is in the ledger, once.

    Rows of no form come last: they would be in the way of that check.
    """
    _check_durable()
    drafts.open_round()
    begun = [drafts.filled(commune) for commune in drafts.communes(COMMUNES)]
    first = services.submit(drafts.copies(begun, 1)[0])
    row = secrets.token_bytes(_bytes_of(first.submission))
    _make_bare_table()
    rounds: dict[str, list[float]] = {}
    arrived = 1
    for _ in range(ROUNDS):
        for count in SENDERS:
            keys = drafts.copies(begun, FORMS)
            sent, seconds = _run(_send, keys, count)
            arrived += sent + WARM * count
            rounds.setdefault(f"send.portal.{count}", []).append(sent / seconds)
            sent, seconds = _run(_insert, [row] * ROWS, count)
            rounds.setdefault(f"send.bare.{count}", []).append(sent / seconds)
    _check_ledger(arrived)
    same = same_rows.Sample(first.submission)
    for _ in range(ROUNDS):
        for count in SENDERS:
            for name, work in (("same", same.create), ("rows", same.insert)):
                sent, seconds = _run(work, range(ROWS), count)
                rounds.setdefault(f"send.{name}.{count}", []).append(sent / seconds)
    return {name: statistics.median(rates) for name, rates in rounds.items()}


def _run(work: Work, things: Sequence[Any], processes: int) -> tuple[int, float]:
    """How many were done and in what time, from the moment when all processes are warm."""
    connection.close()
    kind = multiprocessing.get_context("fork")
    barrier, done = kind.Barrier(processes + 1), kind.Array("i", processes, lock=False)
    shares = [things[number::processes] for number in range(processes)]
    started = [
        kind.Process(target=_worker, args=(work, share, barrier, done, number))
        for number, share in enumerate(shares)
    ]
    for process in started:
        process.start()
    barrier.wait(PATIENCE)
    begun = time.perf_counter()
    barrier.wait(PATIENCE)
    seconds = time.perf_counter() - begun
    for process in started:
        process.join(PATIENCE)
    return sum(done), seconds


def _worker(
    work: Work, things: Sequence[Any], barrier: Barrier, done: MutableSequence[int], number: int
) -> None:
    """For so many seconds; a failure breaks the barrier, so that nobody waits for this process."""
    try:
        for thing in things[:WARM]:
            work(thing)
        barrier.wait(PATIENCE)
        until = time.monotonic() + SECONDS
        for thing in things[WARM:]:
            work(thing)
            done[number] += 1
            if time.monotonic() > until:
                break
        barrier.wait(PATIENCE)
    except BaseException:
        barrier.abort()
        raise


def _send(key: uuid.UUID) -> None:
    """Everything that the button does: validate, score, seal, chain, commit."""
    if services.submit(key).again:
        raise NotSentError(f"{key} was sent before")


def _insert(row: bytes) -> None:
    """One row, one commit."""
    _bare().execute(f"INSERT INTO {TABLE} (body) VALUES (%s)", (row,))


@cache
def _bare() -> psycopg.Connection[Any]:
    """The one connection of a process."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _make_bare_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id bigserial PRIMARY KEY, body bytea NOT NULL)")


def _bytes_of(sent: Submission) -> int:
    """All values that one sent form leaves in its three tables."""
    declaration = Declaration.objects.get(submission=sent)
    return sum(map(_bytes_of_row, (sent, sent.entry, declaration)))


def _bytes_of_row(row: models.Model) -> int:
    query = f"SELECT * FROM {row._meta.db_table} WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, (row.pk,))
        values = [value for value in cursor.fetchone() or () if value is not None]
    return sum(
        len(each) if isinstance(each, bytes | memoryview) else len(str(each)) for each in values
    )


def _check_durable() -> None:
    with connection.cursor() as cursor:
        for name, wanted in DURABLE.items():
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone() != (wanted,):
                raise NotSentError(f"the server's {name} is not {wanted}")


def _check_ledger(count: int) -> None:
    found = (Submission.objects.count(), LedgerEntry.objects.count(), Declaration.objects.count())
    faults = list(ledger.differences())
    if found != (count, count, count) or faults:
        raise NotSentError(f"{found} of {count}; {'; '.join(faults[:3])}")
