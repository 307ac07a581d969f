"""Files of pages that editors are still writing are read at once, so that the form tells of them.

Search reads files of live pages only; without this a draft would say nothing until it is out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.home.searchable import file_text
from portal.jobs.models import Job
from portal.jobs.run import JobRun
from portal.jobs.services import start_job
from portal.news.proposals import Proposal, mark_in, proposal_of
from search.files import READABLE, kept_pages, unread

KIND = "news.read_files"
MOST = 20
WAITING = (Job.State.QUEUED, Job.State.RUNNING)


def read_soon(documents: Iterable[PortalDocument], by: User | None) -> bool:
    """Have the files that nobody has read yet read by the worker; whether there were any."""
    files = [file for file in documents if file.file_extension.lower() in READABLE][:MOST]
    waiting = unread(file.digest for file in files)
    params = {"files": sorted(file.pk for file in files if file.digest in waiting)}
    if not params["files"]:
        return False
    if not Job.objects.filter(kind=KIND, state__in=WAITING, params=params).exists():
        start_job(KIND, by, params)
    return True


def read(job: JobRun) -> None:
    """Read them one after the other; a file read before is passed over."""
    found = PortalDocument.objects.filter(pk__in=job.params["files"]).select_related("collection")
    for number, document in enumerate(found, start=1):
        file_text(document)
        job.save_progress(number, len(job.params["files"]))
    job.finish({})


def proposal_for(documents: Iterable[PortalDocument]) -> Proposal | None:
    """What the first file that was read proposes; `None` before one was."""
    for document in documents:
        pages = kept_pages(document.digest)
        if pages:
            return proposal_of(pages)
    return None


def is_waiting(document: PortalDocument) -> bool:
    """Whether the worker has still to read this file."""
    return document.file_extension.lower() in READABLE and bool(unread([document.digest]))


def marks_on(documents: Iterable[PortalDocument]) -> list[tuple[str, str]]:
    """(file, mark) of the files whose first page carries a secrecy mark."""
    found = [(document.title, mark_in(kept_pages(document.digest))) for document in documents]
    return [(title, mark) for title, mark in found if mark]


def warnings_of(page: Any) -> list[str]:
    """What an editor must know of the files of a page before it goes out."""
    relation = getattr(page, page.file_relation, None)
    return marks_told([row.document for row in relation.all()]) if relation is not None else []


def marks_told(documents: Iterable[PortalDocument]) -> list[str]:
    """A sentence for each file whose first page carries a secrecy mark."""
    sentence = _(
        "The first page of “%(file)s” carries the mark %(mark)s. A document with this mark must "
        "never be published."
    )
    return [sentence % {"file": title, "mark": mark} for title, mark in marks_on(documents)]
