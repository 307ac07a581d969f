"""A job as its function sees it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db.models import QuerySet

from portal.jobs import clock
from portal.jobs.models import Job


class OvertakenError(Exception):
    """Another worker took the job over, since this one was silent for too long."""


class JobRun:
    """Parameters, the cursor to go on from, and where to write progress and result."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.params: dict[str, Any] = job.params
        self.cursor: dict[str, Any] = job.cursor

    def save_progress(
        self, done: int, total: int | None = None, cursor: dict[str, Any] | None = None
    ) -> None:
        """Write how far the job is; call it in the transaction of the work it counts.

        Raises `OvertakenError`, which rolls that work back, when the job is no longer this run's.
        """
        self.cursor = self.cursor if cursor is None else cursor
        values: dict[str, Any] = {"done": done, "cursor": self.cursor, "heartbeat": clock.now()}
        if total is not None:
            values["total"] = total
        self._update(**values)

    def finish(self, result: dict[str, Any], file: File[bytes] | None = None) -> None:
        """What came out, as JSON, and the file that the owner may fetch."""
        self._update(result=result)
        if file is not None:
            self.job.result_file.save(PurePath(file.name or self.job.kind).name, file, save=False)
            self._update(result_file=self.job.result_file.name)

    def _update(self, **values: Any) -> None:
        if not mine(self.job).update(**values):
            raise OvertakenError(str(self.job))


def mine(job: Job) -> QuerySet[Job]:
    """The row of a job as long as this run of it is the one that counts."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, started=job.started)
