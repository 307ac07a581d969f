"""A worker in a process of its own, as an operator starts it: `python -m tests.jobs.outside`.

It knows one kind of job, which counts its steps in rows with unique names, so that a step that
is done twice fails. `show` prints what the database holds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
KIND = "tests.steps"


def steps(job: object) -> None:
    """A row a step; at `kill_at` the process dies, before or behind the commit of that step."""
    from django.db import transaction

    from portal.jobs.models import ScheduledRun
    from portal.jobs.run import JobRun

    assert isinstance(job, JobRun)
    total, first = job.params["steps"], job.cursor.get("next", 0)
    for step in range(first, total):
        with transaction.atomic():
            ScheduledRun.objects.create(name=f"{job.job.pk}-{step}")
            job.save_progress(step + 1, total, {"next": step + 1})
            _die(job.params, "inside", step)
        _die(job.params, "behind", step)
        time.sleep(job.params.get("pause", 0))
    job.finish({"steps": total})


def _die(params: dict[str, object], place: str, step: int) -> None:
    if params.get("kill_at") == step and params.get("kill") == place:
        marker = Path(str(params["marker"]))
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)


def show() -> dict[str, object]:
    """Jobs and rows, as JSON."""
    from portal.jobs.models import Job, ScheduledRun

    fields = ("state", "done", "total", "cursor", "result", "error")
    return {
        "jobs": list(Job.objects.order_by("pk").values(*fields)),
        "rows": sorted(ScheduledRun.objects.values_list("name", flat=True)),
    }


def main(action: str, minutes: int) -> None:
    """`work` as long as something is due, on a clock that is `minutes` ahead; or `show`."""
    import django

    django.setup()
    from portal.jobs import clock, job_kind, registry
    from portal.jobs.worker import Worker

    registry._drains.clear()
    registry._schedule.clear()
    job_kind(KIND)(steps)
    if action == "work":
        with clock.frozen(clock.now() + timedelta(minutes=minutes)):
            Worker(0.1, f"outside-{os.getpid()}").drain()
    sys.stdout.write(json.dumps(show()))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
