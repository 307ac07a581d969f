"""The worker's side of the outbox: claim rows, read today's state, write it to the index.

A row is claimed for a time (a lease), never held locked, so that writers do not wait for the
index. A worker that wakes after its lease writes an old version, which the engine drops.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import translation

from portal.jobs import DrainFailedError, clock
from search import lexicon, outbox, registry
from search.contract import Change, EngineDownError, Put, Remove, SearchEntry
from search.engines import EngineRejectedError, get_engine
from search.models import OutboxRow

log = logging.getLogger(__name__)
BATCH = 200
LEASE = timedelta(seconds=180)
SHELVE_AFTER = 8
BACKOFF_SECONDS = 10


def drain() -> int:
    """Handle one batch; return how many rows were handled, 0 when none is due."""
    rows = _claim()
    if not rows:
        return 0
    try:
        get_engine().prepare()
        for row in [row for row in rows if registry.expander(row.kind)]:
            _expand(row)
        objects = [row for row in rows if not registry.expander(row.kind)]
        _write(_changes(objects))
    except EngineDownError:
        _release(rows)
        raise
    return len(rows)


def drain_or_wait() -> int:
    """`drain()` for the worker: an outage lengthens its pause, and what waits stays waiting."""
    try:
        return drain()
    except EngineDownError as error:
        raise DrainFailedError(str(error)) from error


def is_due() -> bool:
    """Whether anything waits that may be written now."""
    return OutboxRow.objects.filter(_due()).exists()


def _due() -> Q:
    now = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    ripe = Q(next_attempt=None) | Q(next_attempt__lte=now)
    return Q(waiting=True, shelved=False) & free & ripe


def _claim() -> list[OutboxRow]:
    if not is_due():  # spares idle rounds the write lock
        return []
    with transaction.atomic():
        rows = OutboxRow.objects.filter(_due()).order_by("queued_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        claimed = list(rows[:BATCH])
        OutboxRow.objects.filter(pk__in=[row.pk for row in claimed]).update(
            claimed_until=clock.now() + LEASE
        )
    return claimed


def _expand(row: OutboxRow) -> None:
    expand = registry.expander(row.kind)
    assert expand is not None  # noqa: S101  # nosec B101
    with transaction.atomic():
        outbox.add_many(expand(row.key))
    _done([(row, False)])  # killed before it, the next worker expands once more


def _changes(rows: Sequence[OutboxRow]) -> list[tuple[OutboxRow, Change]]:
    """Today's state under the versions seen; what cannot be read is set back, not lost."""
    by_kind: dict[str, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    return [pair for kind in by_kind for pair in _of_kind(kind, by_kind[kind])]


def _of_kind(kind: str, rows: list[OutboxRow]) -> list[tuple[OutboxRow, Change]]:
    searchable = registry.kinds().get(kind)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            loaded = searchable.load_many([row.key for row in rows]) if searchable else {}
    except Exception as error:  # one object's fault must not hold up the others
        if len(rows) > 1:
            return [pair for row in rows for pair in _of_kind(kind, [row])]
        log.exception("search: %s could not be read", rows[0])
        _set_back(rows[0], type(error).__name__)
        return []
    return [(row, _as_change(row, loaded.get(row.key))) for row in rows]


def _as_change(row: OutboxRow, entry: SearchEntry | None) -> Change:
    if entry is None:
        return Remove(row.kind, row.key, row.version)
    return Put(replace(entry, version=row.version))


def _write(changes: Sequence[tuple[OutboxRow, Change]]) -> None:
    if not changes:
        return
    try:
        get_engine().apply([change for _row, change in changes])
    except EngineRejectedError as error:
        if len(changes) == 1:
            _set_back(changes[0][0], str(error))
            return
        for pair in changes:
            _write([pair])
        return
    if any(isinstance(change, Remove) for _row, change in changes):
        get_engine().refresh()  # until then the row waits, and answers leave the object out
    lexicon.note(change for _row, change in changes)
    _done([(row, isinstance(change, Put)) for row, change in changes])


def _done(written: Sequence[tuple[OutboxRow, bool]]) -> None:
    """Note what reached the index; a worker that comes late must not write over a newer note."""
    noted = {row.pk: (row.version, live) for row, live in written}

    def note(keys: Sequence[int]) -> None:
        groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for key in keys:
            groups[noted[key]].append(key)
        for (version, live), rows in sorted(groups.items()):
            OutboxRow.objects.filter(pk__in=rows, done__lt=version).update(
                done=version,
                live=live,
                written_at=clock.now(),
                claimed_until=None,
                attempts=0,
                error="",
            )
        OutboxRow.objects.filter(pk__in=keys, done=F("version")).update(waiting=False)

    _in_turn(list(noted), note)


def _release(rows: Sequence[OutboxRow]) -> None:
    def release(keys: Sequence[int]) -> None:
        OutboxRow.objects.filter(pk__in=keys).update(claimed_until=None)

    _in_turn([row.pk for row in rows], release)


def _in_turn(keys: Sequence[int], change: Callable[[Sequence[int]], None]) -> None:
    """Change together the rows that nobody holds, and each of the others alone.

    A worker that waited for a writer's row with others in hand would sooner or later stand in a
    deadlock, which the database may end at the cost of the writer.
    """
    with transaction.atomic():
        free = OutboxRow.objects.filter(pk__in=keys)
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        taken = list(free.values_list("pk", flat=True))
        change(taken)
    for key in sorted(set(keys).difference(taken)):
        change([key])


def _set_back(row: OutboxRow, error: str) -> None:
    attempts = row.attempts + 1
    wait = timedelta(seconds=BACKOFF_SECONDS * 2 ** min(attempts, 8))
    OutboxRow.objects.filter(pk=row.pk, version=row.version).update(
        claimed_until=None,
        attempts=attempts,
        next_attempt=clock.now() + wait,
        shelved=attempts >= SHELVE_AFTER,
        error=error[:300],
    )
    OutboxRow.objects.filter(pk=row.pk).exclude(version=row.version).update(claimed_until=None)
