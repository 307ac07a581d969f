"""The worker's side of the outbox: claim rows, read today's state, write it to the index.

A row is claimed for a time (a lease), never held locked, so that writers do not wait for the
index. A worker that wakes after its lease writes an old version, which the engine drops.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from portal.jobs import clock
from search import outbox, registry
from search.contract import Change, EngineDownError, Put, Remove
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
    try:
        for row in [row for row in rows if registry.expander(row.kind)]:
            _expand(row)
        objects = [row for row in rows if not registry.expander(row.kind)]
        changes = [(row, change) for row in objects if (change := _change(row))]
        _write(changes)
    except EngineDownError:
        _release(rows)
        raise
    return len(rows)


def _due() -> Q:
    now = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    ripe = Q(next_attempt=None) | Q(next_attempt__lte=now)
    return Q(waiting=True, shelved=False) & free & ripe


def _claim() -> list[OutboxRow]:
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
        _done([(row, False)])


def _change(row: OutboxRow) -> Change | None:
    """Today's state under the version seen; what cannot be read is set back, not lost."""
    searchable = registry.kinds().get(row.kind)
    try:
        loaded = searchable.load_many([row.key]) if searchable else {}
    except Exception as error:  # one object's fault must not hold up the others
        log.exception("search: %s:%s could not be read", row.kind, row.key)
        _set_back(row, f"{type(error).__name__}")
        return None
    entry = loaded.get(row.key)
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
    _done([(row, isinstance(change, Put)) for row, change in changes])


def _done(written: Sequence[tuple[OutboxRow, bool]]) -> None:
    now = clock.now()
    with transaction.atomic():
        for live in (True, False):
            keys = [row.pk for row, is_live in written if is_live == live]
            versions = {row.pk: row.version for row, _live in written}
            rows = OutboxRow.objects.filter(pk__in=keys)
            rows.update(claimed_until=None, written_at=now, live=live, attempts=0, error="")
            for version in sorted({versions[key] for key in keys}):
                same = [key for key in keys if versions[key] == version]
                rows.filter(pk__in=same).update(done=version)
        OutboxRow.objects.filter(pk__in=[row.pk for row, _ in written], done=F("version")).update(
            waiting=False
        )


def _release(rows: Sequence[OutboxRow]) -> None:
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_until=None)


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
