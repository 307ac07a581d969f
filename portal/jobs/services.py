"""Jobs: queue, execute, resume after a kill."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from portal.jobs import clock, registry
from portal.jobs.models import Job
from portal.jobs.run import JobRun

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
        registry.function_of(job.kind)(JobRun(job))
    except JobError as error:
        _end(job, Job.State.FAILED, str(error))
    except Exception:  # whatever a job raises ends in its row, never in the worker
        log.exception("job %s failed", job)
        _end(job, Job.State.FAILED, _("The work ended with an internal error."))
    else:
        _end(job, Job.State.DONE, "")


def _end(job: Job, state: Job.State, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error[:500], finished=clock.now())


def resume_silent() -> int:
    """Queue again what a killed worker left behind; it goes on from its cursor."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat__lt=clock.now() - SILENT)
    resumed = 0
    for job in silent:
        with transaction.atomic():
            if silent.filter(pk=job.pk).update(state=Job.State.QUEUED):
                execute_job.enqueue(job.pk)
                resumed += 1
    return resumed
