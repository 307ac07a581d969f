"""Moving in from the back office: a ZIP with a manifest and its files, taken in as a job.

Repeated after a kill it ends in the same state, since rows that are there are passed over.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import Page

from portal.areas.models import User
from portal.jobs.models import Job
from portal.jobs.run import JobRun
from portal.jobs.services import JobError, start_job
from portal.news.importing import import_rows
from portal.news.importing_articles import ARTICLE_COLUMNS, import_articles
from portal.news.manifest import COLUMNS, Manifest, ManifestError, read_manifest
from portal.news.models import NewsIndexPage, OfficialDocumentIndexPage
from portal.news.taking import RowResult
from portal.tables import write_table

KIND = "news.import"
MOST_FILES, MOST_BYTES = 20_000, 3 * 2**30
KEPT_LINES = 200


class What(models.TextChoices):
    """What a package holds."""

    ARTICLES = "bai", pgettext_lazy("news", "Articles")
    DOCUMENTS = "van-ban", gettext_lazy("Official documents")


def receive(upload: File[bytes], name: str, what: str, live: bool, by: User) -> Any:
    """Keep the package in private storage and have it taken in."""
    kept = storages["private"].save(f"imports/{by.pk}.zip", upload)
    return start_job(KIND, by, {"file": kept, "name": name[:200], "what": what, "live": live})


def take_in(run: JobRun) -> None:
    """Unpack within limits, take in row after row, leave a report a row and remove the package."""
    storage = storages["private"]
    if not storage.exists(run.params["file"]):
        raise JobError(_("The package is no longer there; upload it again."))
    try:
        _take_package(run)
    except JobError:
        storage.delete(run.params["file"])  # a refused one is not looked at again
        raise
    storage.delete(run.params["file"])


def _take_package(run: JobRun) -> None:
    package = storages["private"].open(run.params["file"])
    try:
        with tempfile.TemporaryDirectory() as folder, package as packed:
            manifest = _unpacked(packed, Path(folder))
            _take_rows(run, manifest)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise JobError(_("The package is no ZIP that can be opened.")) from error
    except ManifestError as error:
        raise JobError(str(error)) from error


def _unpacked(packed: IO[bytes], folder: Path) -> Path:
    """The files of a package in a folder of their own, and where its one manifest lies."""
    with zipfile.ZipFile(packed) as package:
        entries = [entry for entry in package.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise JobError(_("The package holds more files or bytes than are taken in at once."))
        for entry in entries:
            name = PurePosixPath(entry.filename)
            if name.is_absolute() or ".." in name.parts or "\\" in entry.filename:
                raise JobError(_("The package names a file outside of itself."))
            package.extract(entry, folder)
    found = sorted(folder.rglob("*.csv"), key=lambda path: (len(path.parts), path.name))
    if not found:
        raise JobError(_("The package holds no manifest (a CSV file)."))
    return found[0]


def _take_rows(run: JobRun, path: Path) -> None:
    what = What(run.params["what"])
    found = read_manifest(path, ARTICLE_COLUMNS if what == What.ARTICLES else COLUMNS)
    counts: Counter[str] = Counter()
    failed: list[str] = []
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as report:
        rows = _reported(run, _results(run, what, found, path.parent), counts, failed, found)
        headings = [_("Row"), _("Title"), _("State"), _("What happened"), _("Warnings")]
        write_table(report, headings, rows, title=_("Report by row"))
        report.flush()
        report.seek(0)
        result = {**counts, "failures": failed, "notes": list(found.notes)}
        run.finish(result, File(report, name="ket-qua.xlsx"))


def _results(run: JobRun, what: What, found: Manifest, folder: Path) -> Iterator[RowResult]:
    live, by = bool(run.params["live"]), run.job.owner
    if what == What.ARTICLES:
        news = NewsIndexPage.objects.order_by("-live", "path").first()
        if news is None:
            raise JobError(_("The portal has no page for news yet."))
        _check_right(news, by, live)
        return import_articles(found.rows, folder, news, live=live, user=by)
    index = OfficialDocumentIndexPage.objects.order_by("-live", "path").first()
    if index is None:
        raise JobError(_("The portal has no page for official documents yet."))
    _check_right(index, by, live)
    return import_rows(found.rows, folder, index, live=live, user=by)


def _check_right(index: Page, by: User | None, live: bool) -> None:
    """Whoever may not write there, or not publish, moves nothing in there either."""
    rights = index.permissions_for_user(by) if by is not None else None
    if rights is None or not (rights.can_publish_subpage() if live else rights.can_add_subpage()):
        raise JobError(_("You may not write on these pages, or not publish them."))


def _reported(
    run: JobRun,
    results: Iterator[RowResult],
    counts: Counter[str],
    failed: list[str],
    found: Manifest,
) -> Iterator[list[Any]]:
    states = {"done": _("taken in"), "kept": _("was there already"), "failed": _("failed")}
    for number, result in enumerate(results, start=1):
        counts[result.state] += 1
        if result.state == "failed" and len(failed) < KEPT_LINES:
            failed.append(result.told)
        run.save_progress(number, len(found.rows))
        warnings = "; ".join(result.warnings)
        yield [result.line, result.name, states[result.state], result.sentence, warnings]


def jobs_of(user: User) -> models.QuerySet[Job]:
    """The user's own packages, newest first; administrators see everybody's."""
    packages = Job.objects.filter(kind=KIND).order_by("-created", "-pk")
    return packages if user.is_superuser else packages.filter(owner=user)
