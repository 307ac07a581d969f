"""Sweep and rebuild as jobs, so that the back office starts them and shows how far they are."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext as _

from portal.jobs import job_kind
from portal.jobs.run import JobRun
from portal.jobs.services import JobError
from search import upkeep
from search.contract import EngineDownError

SWEEP, REBUILD = "search_sweep", "search_rebuild"


@job_kind(SWEEP)
def sweep(run: JobRun) -> None:
    """Again from the beginning after a kill: it changes nothing but what the worker mends."""
    try:
        report = upkeep.sweep()
    except EngineDownError as error:
        raise JobError(_("The search engine cannot be reached.")) from error
    run.save_progress(report.checked, report.checked)
    run.finish(asdict(report))


@job_kind(REBUILD)
def rebuild(run: JobRun) -> None:
    """After a kill the new index is taken up; the old one serves until the swap."""
    written: dict[str, int] = {}

    def progress(kind: str, count: int) -> None:
        written[kind] = count
        run.save_progress(sum(written.values()))

    try:
        counts = upkeep.rebuild(progress)
    except EngineDownError as error:
        raise JobError(_("The search engine cannot be reached.")) from error
    except upkeep.RebuildIncompleteError as error:
        sentence = _("The new index is not complete; the old one goes on serving (%(reason)s).")
        raise JobError(sentence % {"reason": error}) from error
    run.finish(counts)
