"""A job as its function sees it."""

from __future__ import annotations

from typing import Any

from portal.jobs import clock
from portal.jobs.models import Job


class JobRun:
    """Parameters, the cursor to go on from, and where to write progress and result."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.params: dict[str, Any] = job.params
        self.cursor: dict[str, Any] = job.cursor

    def save_progress(
        self, done: int, total: int | None = None, cursor: dict[str, Any] | None = None
    ) -> None:
        """Write how far the job is; call it in the transaction of the work it counts."""
        self.cursor = self.cursor if cursor is None else cursor
        values: dict[str, Any] = {"done": done, "cursor": self.cursor, "heartbeat": clock.now()}
        if total is not None:
            values["total"] = total
        Job.objects.filter(pk=self.job.pk).update(**values)

    def finish(self, result: dict[str, Any]) -> None:
        """What came out, as JSON."""
        Job.objects.filter(pk=self.job.pk).update(result=result)
