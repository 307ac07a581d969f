"""The filtered list as a workbook, at once or as a job; every record in it is logged."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.areas.models import User
from portal.areas.queries import scope_of
from portal.forms.inbox.access import may_work
from portal.forms.inbox.narrowing import Narrowing
from portal.forms.inbox.records import RELATED, Row
from portal.forms.inbox.services import NotYoursError
from portal.forms.models import Submission
from portal.jobs import clock
from portal.jobs.models import Job
from portal.jobs.run import JobRun
from portal.jobs.services import JobError, start_job
from portal.privacy.models import ReadEvent
from portal.privacy.services import log_reads
from portal.tables import write_table

KIND = "forms_export"
MOST_AT_ONCE = 2000
BATCH = 500
KEPT = timedelta(days=1)
FILE_NAME = "ho-so.xlsx"
UNDER_WAY = (Job.State.QUEUED, Job.State.RUNNING)


def headings() -> list[str]:
    """As in the list, and the code of the commune for joining with other tables."""
    return [
        _("Reference"),
        _("Full name"),
        _("Form"),
        _("Commune"),
        _("Unit code"),
        _("Village"),
        _("Sent"),
        _("Days waiting"),
        _("State"),
        _("Filled in by"),
        _("Means"),
        _("Typed in by"),
    ]


def cells(row: Row) -> list[Any]:
    """One record."""
    record, typist = row.record, row.record.entered_by
    return [
        record.reference,
        _("erased at the end of its time") if record.erased_at else row.name,
        row.form,
        str(record.unit or _("The province")),
        record.unit.code if record.unit else "",
        str(record.village or ""),
        record.sent_at,
        row.days,
        record.get_state_display(),
        record.get_filler_display(),
        record.get_means_display(),
        typist.get_username() if typist else "",
    ]


def write(file: IO[bytes], rows: QuerySet[Submission], written: list[int]) -> None:
    """Write the workbook row by row; the keys of what it holds are added to `written`."""
    write_table(file, headings(), _counted(rows, written), title=_("Arrived forms"))


def at_once(narrowing: Narrowing, reason: str, file: IO[bytes]) -> Job:
    """A small list now. The job's row keeps who, when, why and how many, as for a large one."""
    _check(narrowing.user)
    written: list[int] = []
    write(file, narrowing.rows(), written)
    now = clock.now()
    values = {"started": now, "finished": now, "done": len(written), "total": len(written)}
    with transaction.atomic():
        _log(narrowing.user, written)
        return Job.objects.create(
            kind=KIND,
            owner=narrowing.user,
            state=Job.State.DONE,
            params=_params(narrowing, reason),
            created=now,
            **values,
        )


def later(narrowing: Narrowing, reason: str) -> Job:
    """A large list as a job; the same list that is already under way is not begun twice."""
    _check(narrowing.user)
    params = _params(narrowing, reason)
    own = Job.objects.filter(kind=KIND, owner=narrowing.user, state__in=UNDER_WAY)
    known = next((job for job in own if job.params["query"] == params["query"]), None)
    return known or start_job(KIND, narrowing.user, params)


def run(job: JobRun) -> None:
    """Do a large one. After a kill it begins anew; the log is written with the result, or not."""
    owner = job.job.owner
    if owner is None or not may_work(owner):
        raise JobError(_("The list may not be exported any more: the work has ended."))
    narrowing = Narrowing(owner, QueryDict(job.params["query"]))
    if narrowing.is_lost:
        raise JobError(_("What you searched for is not kept any longer. Type it again."))
    rows, written = narrowing.rows(), list[int]()
    job.save_progress(0, rows.count())
    with tempfile.TemporaryFile() as file:
        write(file, rows, written)
        file.seek(0)
        with transaction.atomic():
            _log(owner, written)
            job.save_progress(len(written), len(written))
            job.finish({"scope": stamp(owner)}, File(file, FILE_NAME))


def files_of(user: User) -> QuerySet[Job]:
    """The user's own exports, the newest first."""
    return Job.objects.filter(kind=KIND, owner=user).order_by("-created", "-pk")


def may_fetch(job: Job, user: User) -> bool:
    """The owner alone, as long as there is a file and the owner's area is still the same."""
    own = job.owner_id == user.pk and job.state == Job.State.DONE and bool(job.result_file)
    return own and may_work(user) and job.result.get("scope") == stamp(user)


def stamp(user: User) -> str:
    """The area of a user today, as one value."""
    scope = scope_of(user)
    area = (scope.everything, sorted(scope.unit_ids), sorted(scope.village_ids))
    return hashlib.sha256(repr(area).encode()).hexdigest()


def drop_old() -> int:
    """Delete files of more than a day; why they were made stays. The schedule calls it."""
    old = Job.objects.filter(kind=KIND, finished__lt=clock.now() - KEPT).exclude(result_file="")
    count = 0
    for job in old.iterator():
        job.result_file.delete(save=False)
        Job.objects.filter(pk=job.pk).update(result_file="")
        count += 1
    return count


def _check(user: User) -> None:
    if not may_work(user):
        raise NotYoursError


def _params(narrowing: Narrowing, reason: str) -> dict[str, str]:
    return {"query": narrowing.query(), "reason": reason}


def _counted(rows: QuerySet[Submission], written: list[int]) -> Iterator[list[Any]]:
    for record in rows.select_related(*RELATED).iterator(chunk_size=BATCH):
        written.append(record.pk)
        yield cells(Row(record))


def _log(user: User, written: list[int]) -> None:
    """One entry for each record, in batches: neither file nor log without the other."""
    for start in range(0, len(written), BATCH):
        keys = written[start : start + BATCH]
        records: Iterable[Submission] = (
            Submission.objects.filter(pk__in=keys).select_related("unit").defer("answers", "code")
        )
        log_reads(user, records, ReadEvent.Action.EXPORT)
