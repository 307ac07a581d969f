"""Files are read again on request of an editor, one after the other, by the worker."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.home.searchable import file_text
from portal.home.signals import FILE
from portal.jobs.models import Job
from portal.jobs.registry import job_kind
from portal.jobs.run import JobRun
from portal.jobs.services import start_job
from search import outbox
from search.files import forget

KIND = "home.read_files_again"
MOST = 500
OPEN = (Job.State.QUEUED, Job.State.RUNNING)


def start(keys: Sequence[int], by: User) -> Job | None:
    """Have these files read anew; `None` when a reading that was asked for is under way."""
    if Job.objects.filter(kind=KIND, state__in=OPEN).exists():
        return None
    return start_job(KIND, by, {"files": list(keys)[:MOST]})


def read(job: JobRun) -> None:
    """What is known of a file is forgotten, it is read, and its pages come to the index anew."""
    keys = job.params["files"]
    for number, key in enumerate(keys, start=1):
        if number <= int(job.cursor.get("done", 0)):
            continue
        document = PortalDocument.objects.filter(pk=key).select_related("collection").first()
        if document:
            forget(document.digest)
            file_text(document)
        with transaction.atomic():
            outbox.add(FILE, key)
            job.save_progress(number, len(keys), {"done": number})
    job.finish({})


def register() -> None:
    """Called once from the app's `ready()`."""
    job_kind(KIND)(read)
