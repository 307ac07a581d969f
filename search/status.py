"""What operators and monitors ask: is anything missing, late or broken?"""

from __future__ import annotations

from typing import Any

from portal.jobs import clock
from search import registry
from search.contract import EngineDownError
from search.engines import get_engine
from search.models import OutboxRow, SearchMoment


def status() -> dict[str, Any]:
    """Engine, state, objects per kind in database and index, outbox, last sweep."""
    engine = get_engine()
    try:
        indexed = dict(engine.counts())
        state = "complete"
    except EngineDownError:
        indexed, state = {}, "engine_down"
    wanted = {
        kind: sum(1 for _ in searchable.keys())  # noqa: SIM118
        for kind, searchable in registry.kinds().items()
    }
    waiting = OutboxRow.objects.filter(waiting=True)
    oldest = waiting.filter(shelved=False).order_by("queued_at").first()
    age = (clock.now() - oldest.queued_at).total_seconds() if oldest and oldest.queued_at else 0
    last = SearchMoment.objects.filter(name="sweep").first()
    return {
        "engine": engine.name,
        "state": state,
        "kinds": {
            kind: {"database": count, "index": indexed.get(kind, 0)}
            for kind, count in wanted.items()
        },
        "outbox": {
            "waiting": waiting.filter(shelved=False).count(),
            "oldest_seconds": max(0, int(age)),
            "failed": waiting.filter(shelved=True).count(),
        },
        "last_sweep": last.at.isoformat() if last else None,
    }
