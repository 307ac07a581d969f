"""What operators and monitors ask: is anything missing, late or broken?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.jobs import clock
from search import registry
from search.contract import EngineDownError
from search.engines import get_engine
from search.models import OutboxRow, SearchMoment

SHOWN_FAILURES = 50
# Measured in benchmarks/RESULTS.md (part "size"); the file goes on working beyond it, but slower.
EMBEDDED_MOST = 100_000


def status() -> dict[str, Any]:
    """Engine, state, objects per kind in database and index, outbox, last sweep and rebuild.

    `state` is "complete", "outdated" (an older version of the portal made the index: it is renewed
    within the hour) or "engine_down"; `differs` names kinds whose counts are not equal.
    """
    engine = get_engine()
    try:
        indexed = dict(engine.counts())
        state = "outdated" if engine.outdated() else "complete"
    except EngineDownError:
        indexed, state = {}, "engine_down"
    kinds = {
        kind: {
            "database": sum(1 for _ in searchable.keys()),  # noqa: SIM118
            "index": indexed.get(kind, 0),
        }
        for kind, searchable in registry.kinds().items()
    }
    sweep, rebuild = _last("sweep"), _last("rebuild")
    return {
        "engine": engine.name,
        "state": state,
        "kinds": kinds,
        "differs": [kind for kind, held in kinds.items() if held["database"] != held["index"]],
        "outbox": _outbox(),
        "last_sweep": sweep["at"] if sweep else None,
        "sweep": sweep,
        "rebuild": rebuild,
    }


def is_beyond_its_size(now: Mapping[str, Any]) -> bool:
    """Whether the embedded file holds more objects than it was measured with (of `status()`)."""
    held = sum(kind["index"] for kind in now["kinds"].values())
    return bool(now["engine"] == "embedded" and held > EMBEDDED_MOST)


def failures() -> list[OutboxRow]:
    """Rows that failed, the shelved first; `error` says why."""
    rows = OutboxRow.objects.filter(waiting=True, attempts__gt=0)
    return list(rows.order_by("-shelved", "queued_at", "pk")[:SHOWN_FAILURES])


def retry(rows: list[int] | None = None) -> int:
    """Have failed rows (all of them with `None`) tried again at once; how many these are."""
    failed = OutboxRow.objects.filter(waiting=True, attempts__gt=0)
    if rows is not None:
        failed = failed.filter(pk__in=rows)
    return failed.update(shelved=False, attempts=0, next_attempt=None, error="")


def _outbox() -> dict[str, int]:
    waiting = OutboxRow.objects.filter(waiting=True)
    oldest = waiting.filter(shelved=False).order_by("queued_at").first()
    age = (clock.now() - oldest.queued_at).total_seconds() if oldest and oldest.queued_at else 0
    return {
        "waiting": waiting.filter(shelved=False).count(),
        "oldest_seconds": max(0, int(age)),
        "failed": waiting.filter(shelved=True).count(),
    }


def _last(name: str) -> dict[str, Any] | None:
    moment = SearchMoment.objects.filter(name=name).first()
    return {"at": moment.at.isoformat(), **moment.detail} if moment else None
