"""A file on its way into a list: received, checked row by row, taken over or dropped.

A few thousand rows are checked at once, more as a job; both end in the same state. The rows of a
draft are taken over when the file is clean. Those of a list that is being shown wait for a
decision, so that nothing is published by accident.
"""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from portal.areas.models import User
from portal.jobs import clock
from portal.jobs.services import start_job
from portal.registration import services
from portal.registration.errors import (
    FileHasErrorsError,
    RegistrationError,
    StaleVersionError,
    WrongStateError,
)
from portal.registration.importer import ParsedList, read_list
from portal.registration.models import ListImport, PublishedList
from portal.registration.rows import EntryRow, totals_of

JOB_KIND = "registration.list_import"
AT_ONCE_BYTES = 130_000
PREVIEW_ROWS = 50
ERRORS_KEPT = 2000
State = ListImport.State


def receive(
    target: PublishedList, upload: File[bytes], name: str, by: User, version: int
) -> ListImport:
    """Keep the file in private storage and have it checked, now or as a job."""
    with transaction.atomic():
        held = services.take_for_import(target, by, version)
        made = ListImport(
            published_list=held, file_name=PurePath(name).name[:200], by=by, at=clock.now()
        )
        suffix = PurePath(name).suffix.lower()
        made.upload.save(f"{held.pk}{suffix}", upload, save=False)
        made.save()
        if (upload.size or 0) > AT_ONCE_BYTES:
            made.job = start_job(JOB_KIND, by, {"import": made.pk}).pk
            made.save(update_fields=["job"])
    if made.job is None:
        check(made.pk)
        made.refresh_from_db()
    return made


def check(key: int) -> None:
    """Read the file; safe to repeat after a crash, since only a file being checked is touched."""
    item = ListImport.objects.select_related("published_list__unit", "by").get(pk=key)
    if item.state != State.CHECKING:
        return
    parsed = _parse(item)
    with transaction.atomic():
        if parsed.errors:
            _refuse(item, parsed)
        elif item.published_list.state == PublishedList.State.DRAFT:
            _take_over(item, parsed.rows, item.published_list.version)
        else:
            _move(item, State.READY, preview=_preview(parsed.rows), rows=len(parsed.rows))
        ListImport.objects.filter(pk=key).update(
            warnings=[vars_of(row) for row in parsed.warnings[:ERRORS_KEPT]],
            ignored=list(parsed.ignored),
        )


def apply(item: ListImport, by: User, version: int) -> None:
    """Replace the rows of a shown list by those of a checked file."""
    if item.state != State.READY:
        raise WrongStateError(state=item.get_state_display())
    item.by = by
    parsed = _parse(item)
    if parsed.errors:
        _refuse(item, parsed)
        raise FileHasErrorsError
    with transaction.atomic():
        services.import_rows(item.published_list, parsed.rows, by, version)
        _move(item, State.APPLIED, preview={}, rows=len(parsed.rows))


@transaction.atomic
def drop(item: ListImport, by: User) -> None:
    """Decide against a checked file and delete it."""
    _move(item, State.DROPPED, preview={}, warnings=[])
    transaction.on_commit(partial(_delete_file, item))


def vars_of(row: Any) -> dict[str, Any]:
    """A row's error as JSON."""
    return {
        "sheet": row.sheet,
        "row": row.row,
        "column": row.column,
        "message": str(row.message),
    }


def _take_over(item: ListImport, rows: tuple[EntryRow, ...], version: int) -> None:
    try:
        with transaction.atomic():
            services.import_rows(item.published_list, rows, item.by, version)
    except RegistrationError as error:
        sentence = {"sheet": "", "row": None, "column": "", "message": str(error)}
        _move(item, State.REFUSED, errors=[sentence])
        transaction.on_commit(partial(_delete_file, item))
        return
    _move(item, State.APPLIED, preview={}, rows=len(rows))


@transaction.atomic
def _refuse(item: ListImport, parsed: ParsedList) -> None:
    errors = [vars_of(row) for row in parsed.errors]
    if len(errors) > ERRORS_KEPT:
        more = _("… and %(count)s more errors") % {"count": len(errors) - ERRORS_KEPT}
        errors = [*errors[:ERRORS_KEPT], {"sheet": "", "row": None, "column": "", "message": more}]
    _move(item, State.REFUSED, errors=errors, rows=len(parsed.rows), preview={})
    transaction.on_commit(partial(_delete_file, item))


def _move(item: ListImport, state: str, **values: Any) -> None:
    rows = ListImport.objects.filter(pk=item.pk, state=item.state)
    if not rows.update(state=state, **values):
        raise StaleVersionError
    item.refresh_from_db()


def _preview(rows: tuple[EntryRow, ...]) -> dict[str, Any]:
    shown = rows[:PREVIEW_ROWS]
    return {
        "totals": totals_of(rows),
        "rows": [
            [row.head_name, row.village_text, str(row.commune), row.classification] for row in shown
        ],
    }


def _parse(item: ListImport) -> ParsedList:
    """The stored file as rows; storages without local paths are copied first."""
    suffix = PurePath(str(item.upload.name)).suffix
    with TemporaryDirectory() as folder:
        copy = Path(folder) / f"list{suffix}"
        with item.upload.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        return read_list(copy, item.published_list, item.by)


def _delete_file(item: ListImport) -> None:
    name = item.upload.name
    if name:
        item.upload.storage.delete(name)
        ListImport.objects.filter(pk=item.pk).update(upload="")
