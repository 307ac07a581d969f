"""The schedule: each name runs once across all workers, when its time has come."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db.models import Q

from portal.jobs import clock, registry
from portal.jobs.models import ScheduledRun

log = logging.getLogger(__name__)


def run_due() -> list[str]:
    """Run what is due; return the names that ran. A failure is kept and does not stop others."""
    return [item.name for item in _ripe() if _claim(item) and _run(item)]


def bring_forward(name: str, *, unless_within: timedelta) -> bool:
    """Make an entry due now, unless it ran so shortly ago that it may still be at work."""
    late = Q(last_run__lte=clock.now() - unless_within)
    return bool(ScheduledRun.objects.filter(late, name=name).update(last_run=None))


def _ripe() -> list[registry.Scheduled]:
    """What seems due, by one read: most rounds of the worker end here without a write."""
    last = dict(ScheduledRun.objects.values_list("name", "last_run"))
    now = clock.now()
    return [
        item
        for item in registry.scheduled().values()
        if (ran := last.get(item.name)) is None or abs(now - ran) >= item.every
    ]


def _claim(item: registry.Scheduled) -> bool:
    now = clock.now()
    ScheduledRun.objects.get_or_create(name=item.name)
    set_back = Q(last_run__gte=now + item.every)  # the clock was: do not wait for that day
    due = Q(last_run=None) | Q(last_run__lte=now - item.every) | set_back
    return bool(ScheduledRun.objects.filter(due, name=item.name).update(last_run=now))


def _run(item: registry.Scheduled) -> bool:
    error = ""
    try:
        item.function()
    except Exception as problem:  # one failing entry must not stop the clock of the others
        log.exception("schedule: %s failed", item.name)
        error = f"{type(problem).__name__}: {problem}"[:300]
    ScheduledRun.objects.filter(name=item.name).update(error=error)
    return True
