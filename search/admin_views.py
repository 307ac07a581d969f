"""The back office page of search: is everything there, what failed, try again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.jobs.models import Job
from portal.jobs.services import start_job
from search import registry, tasks
from search.status import EMBEDDED_MOST, failures, is_beyond_its_size, retry, status

JOBS_SHOWN = 5
STARTED = {"sweep": tasks.SWEEP, "rebuild": tasks.REBUILD}
OPEN = (Job.State.QUEUED, Job.State.RUNNING)


def may_keep_search(user: Any) -> bool:
    """Superusers, and who may change the list of abbreviations: the house's administrators."""
    return bool(user.is_active and user.has_perm("search.change_abbreviation"))


@require_http_methods(["GET", "HEAD", "POST"])
def status_page(request: HttpRequest) -> HttpResponse:
    """State by GET; by POST a retry, a sweep or a rebuild."""
    if not may_keep_search(request.user):
        raise PermissionDenied
    if request.method == "POST":
        _do(request)
        return redirect("search_status")
    now = status()
    context = {
        "page_title": _("State of search"),
        "header_icon": "search",
        "now": now,
        "beyond": EMBEDDED_MOST if is_beyond_its_size(now) else 0,
        "kinds": [
            {"label": registry.label_of(kind), "differs": kind in now["differs"], **held}
            for kind, held in now["kinds"].items()
        ],
        "failures": failures(),
        "sweep": _moment(now["sweep"]),
        "rebuild": _moment(now["rebuild"]),
        "jobs": Job.objects.filter(kind__in=STARTED.values())[:JOBS_SHOWN],
    }
    return render(request, "search/admin/status.html", context)


def _moment(detail: dict[str, Any] | None) -> dict[str, Any] | None:
    return {**detail, "at": parse_datetime(detail["at"])} if detail else None


def _do(request: HttpRequest) -> None:
    action = request.POST.get("action", "")
    row = request.POST.get("row", "")
    if action in STARTED:
        _start(request, STARTED[action])
    elif action == "retry" and (row == "" or (row.isascii() and row.isdecimal() and len(row) < 19)):
        count = retry([int(row)] if row else None)
        sentence = ngettext(
            "%(count)s object is tried again.", "%(count)s objects are tried again.", count
        )
        messages.success(request, sentence % {"count": count})
    else:
        messages.error(request, _("Nothing was done: this page does not know that action."))


def _start(request: HttpRequest, kind: str) -> None:
    """Two of a kind at once would be in each other's way."""
    if Job.objects.filter(kind=kind, state__in=OPEN).exists():
        messages.warning(request, _("This work is under way already."))
        return
    start_job(kind, request.user, {})
    messages.success(request, _("The worker begins with it shortly."))
