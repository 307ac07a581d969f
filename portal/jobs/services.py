"""Jobs: queue, execute, resume after a kill."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from portal.jobs import clock, registry
from portal.jobs.heartbeat import beating
from portal.jobs.models import Job
from portal.jobs.run import JobRun, OvertakenError, mine

log = logging.getLogger(__name__)
SILENT = timedelta(minutes=5)


class JobError(Exception):
    """The job cannot be done; the message is a plain sentence for its owner."""


def start_job(kind: str, owner: Any, params: dict[str, Any]) -> Job:
    """Queue a job of a registered kind (`KeyError` otherwise); `owner` may be `None`."""
    registry.function_of(kind)
    with transaction.atomic():
        job = Job.objects.create(kind=kind, owner=owner, params=params, created=clock.now())
        execute_job.enqueue(job.pk)
    return job


@task()
def execute_job(pk: int) -> None:
    """Claim and do one job; a second call of the same job finds it claimed and does nothing."""
    now = clock.now()
    claimed = Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, started=now, heartbeat=now
    )
    if claimed:
        _do(Job.objects.get(pk=pk))


def _do(job: Job) -> None:
    try:
        with beating(job):
            registry.function_of(job.kind)(JobRun(job))
    except OvertakenError:
        log.warning("job %s was taken over by another worker", job)
    except JobError as error:
        _end(job, Job.State.FAILED, str(error))
    except Exception:  # whatever a job raises ends in its row, never in the worker
        log.exception("job %s failed", job)
        _end(job, Job.State.FAILED, _("The work ended with an internal error."))
    else:
        _end(job, Job.State.DONE, "")


def _end(job: Job, state: Job.State, error: str) -> None:
    mine(job).update(state=state, error=error[:500], finished=clock.now())


def resume_silent() -> int:
    """Queue again what a killed worker left behind; it goes on from its cursor.

    A job that waits for long may have lost its task with the worker that had just fetched it, so
    it gets another one: of two tasks of one job the second does nothing.
    """
    now = clock.now()
    silent = Job.objects.filter(
        Q(heartbeat__lt=now - SILENT)
        | Q(heartbeat__gt=now + SILENT)  # the clock was set back
        | Q(heartbeat=None, created__lt=now - SILENT),
        state__in=(Job.State.RUNNING, Job.State.QUEUED),
    )
    resumed = 0
    for pk in list(silent.values_list("pk", flat=True)):
        with transaction.atomic():
            if silent.filter(pk=pk).update(state=Job.State.QUEUED, heartbeat=now):
                execute_job.enqueue(pk)
                resumed += 1
    return resumed


def tasks_again() -> int:
    """Make ready again the tasks of libraries that a killed worker left behind; how many.

    Wagtail's (its search, what uses what, files to be deleted) take moments and may be done twice.
    A job's own task is not among them: `resume_silent` knows whether the job is alive.
    """
    lost = DBTaskResult.objects.running().filter(started_at__lt=clock.now() - SILENT)
    return lost.exclude(task_path=execute_job.module_path).update(status=TaskResultStatus.READY)
