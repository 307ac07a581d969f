"""Long work of the room as jobs."""

from __future__ import annotations

from portal.jobs.run import JobRun
from portal.registration import imports

KIND = imports.JOB_KIND


def check_import(job: JobRun) -> None:
    """Check a large file; repeated after a crash it ends in the same state."""
    imports.check(int(job.params["import"]))
    job.finish({"import": job.params["import"]})
