"""What a person waits for or a clock starts: progress, resume, result, schedule, one worker."""

from portal.jobs.registry import (
    DrainFailedError,
    job_kind,
    register_drain,
    register_schedule,
)

__all__ = ["DrainFailedError", "job_kind", "register_drain", "register_schedule", "start_job"]


def start_job(kind: str, owner: object, params: dict[str, object]) -> object:
    """Queue a job; late import, since models are not there while apps load."""
    from portal.jobs.services import start_job as start

    return start(kind, owner, params)
