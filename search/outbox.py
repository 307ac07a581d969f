"""The outbox: what must be looked at again, written in the writer's own transaction.

The other rooms call `add()` and nothing else (design decision 5). A process killed before its
commit leaves neither the change nor the row; killed after it, both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import F

from portal.jobs import clock
from search.models import OutboxRow

BATCH = 500


class OutsideTransactionError(RuntimeError):
    """An outbox row without its writer's transaction could be lost or lie."""


def add(kind: str, key: object) -> None:
    """Have this object looked at again after the commit; calling it twice does no harm."""
    add_many([(kind, str(key))])


def add_many(objects: Iterable[tuple[str, str]]) -> None:
    """As `add`, for many; rows are locked in one order, so that two writers never deadlock."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError("search.outbox.add() needs the writer's transaction")
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, key in objects:
        by_kind[kind].add(key)
    for kind in sorted(by_kind):
        keys = sorted(by_kind[kind])
        for start in range(0, len(keys), BATCH):
            _raise(kind, keys[start : start + BATCH])


def _raise(kind: str, keys: list[str]) -> None:
    rows = OutboxRow.objects.filter(kind=kind, key__in=keys)
    OutboxRow.objects.bulk_create(
        [OutboxRow(kind=kind, key=key) for key in keys], ignore_conflicts=True
    )
    if len(keys) > 1 and connection.features.has_select_for_update:
        list(rows.order_by("key").select_for_update().values_list("pk", flat=True))
    rows.update(
        version=F("version") + 1,
        waiting=True,
        queued_at=clock.now(),
        attempts=0,
        next_attempt=None,
        shelved=False,
        error="",
    )
