"""A province's households scored and stored, against the same rows written down bare."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from benchmarks.households import AREA, STANDARD, Answers, households
from portal.forms import ledger
from portal.forms.models import LedgerChain, LedgerEntry, Submission
from portal.jobs import clock
from portal.registration.models import Declaration
from portal.registration.standards import get, record, result_of

COUNT = 100_000
DIFFERENT = 1_000
BATCH = 1_000
TABLE = Declaration._meta.db_table
KEEP = timedelta(days=365)
UUID_OF = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "CAST(md5(CAST(other.i AS text)) AS uuid)",
}


class NotStoredError(Exception):
    """Fewer rows arrived than were written; the speed would say nothing."""


def measure(count: int = COUNT) -> dict[str, float]:
    """Rows per second: scoring, sealing and the model's bulk insert; then the same rows bare."""
    _empty()
    keys = _arrived(count)
    known = households(get(STANDARD), DIFFERENT)
    ours = _seconds(lambda: _score_and_store(keys, known))
    names, rows = _stored()
    _empty()
    bare = BARE[connection.vendor]
    theirs = _seconds(lambda: bare(names, rows))
    if len(rows) != count or Declaration.objects.count() != count:
        raise NotStoredError(f"{len(rows)} and {Declaration.objects.count()} rows of {count}")
    vendor = connection.vendor
    return {f"{vendor}.store.portal": count / ours, f"{vendor}.store.bare": count / theirs}


@transaction.atomic
def _score_and_store(keys: Sequence[int], known: Sequence[Answers]) -> None:
    """As `keep_score` does when a form arrives, for a whole province in one transaction."""
    for start in range(0, len(keys), BATCH):
        Declaration.objects.bulk_create(_declared(keys[start : start + BATCH], known))


def _declared(keys: Sequence[int], known: Sequence[Answers]) -> Iterator[Declaration]:
    standard = get(STANDARD)
    for key, answers in zip(keys, known, strict=False):
        kept = record(standard, AREA, answers)
        result = result_of(kept)
        b1, b2 = result.b1 or (None, None), result.b2 or (None, None)
        yield Declaration(
            submission_id=key,
            standard=result.standard,
            area=AREA,
            classification=result.classification,
            b1_low=b1[0],
            b1_high=b1[1],
            b2_low=b2[0],
            b2_high=b2[1],
            record=kept,
        )


def _stored() -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and the raw rows, sealed values included."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {TABLE} ORDER BY id")
        rows = cursor.fetchall()
        return [column[0] for column in cursor.description], rows


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def _executemany(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """SQLite: one statement in one transaction, past the models."""
    marks = ", ".join("?" for _ in names)
    statement = f"INSERT INTO {TABLE} ({', '.join(names)}) VALUES ({marks})"
    with transaction.atomic():
        connection.connection.executemany(statement, rows)


def _copy(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """PostgreSQL: COPY over a connection of its own."""
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(TABLE), columns)
    with (
        psycopg.connect(os.environ["DATABASE_URL"]) as bare,
        bare.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


Bare = Callable[[Sequence[str], Sequence[tuple[Any, ...]]], None]
BARE: dict[str, Bare] = {"sqlite": _executemany, "postgresql": _copy}


def _arrived(count: int) -> list[int]:
    """Records without answers for the scores to hang on; not part of what is measured.

    The first of each table is the model's own, the others are copied from it by the database.
    """
    chain = LedgerChain.objects.create(name="phep-do", head=ledger.START)
    now, shared = clock.now(), {"form": "household", "version": "1"}
    entry = LedgerEntry.objects.create(
        chain=chain, number=1, at=now, digest="", previous="", hash="phep-do", **shared
    )
    first = Submission.objects.create(
        reference="phep-do",
        key=uuid.uuid4(),
        filler="self",
        means="web",
        sent_at=now,
        keep_until=clock.today() + KEEP,
        entry=entry,
        **shared,
    )
    numbered = "CAST(other.i AS text)"
    series = f"numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count:d})"
    others = f"(WITH RECURSIVE {series} SELECT i FROM numbers WHERE i > 1)"
    _copy_of(entry, others, {"number": "other.i", "hash": f"'phep-do-' || {numbered}"})
    others = f"(SELECT id AS i FROM {entry._meta.db_table} WHERE chain_id = {chain.pk:d}"
    others += f" AND id <> {entry.pk:d})"
    key = {"reference": numbered, "key": UUID_OF[connection.vendor], "entry_id": "other.i"}
    _copy_of(first, others, key)
    return list(Submission.objects.filter(entry__chain=chain).values_list("pk", flat=True))


def _copy_of(row: Model, others: str, changed: Mapping[str, str]) -> None:
    """Once for each of `others`, with the columns `changed` by an expression."""
    table = row._meta.db_table
    names = [str(field.column) for field in row._meta.concrete_fields if not field.primary_key]
    values = [changed.get(name, f"model.{name}") for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)})"
            f" SELECT {', '.join(values)} FROM {others} AS other, {table} AS model"
            f" WHERE model.id = {row.pk:d}"
        )


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
