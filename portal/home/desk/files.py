"""Report: files and the text in them: how far each is found by its words; read again on request."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.areas.models import User
from portal.home import reading_again
from portal.home.desk.exporting import workbook
from portal.home.desk.frame import page, slice_of
from portal.home.file_states import (
    NOT_FOUND,
    UNREAD,
    Chosen,
    FileRow,
    all_rows,
    files_of,
    may_see,
    rows_of,
)
from portal.jobs.models import Job
from search.files import LABELS, READABLE

STATE, KIND, WORDS, FILE = "trang-thai", "loai", "tu", "tep"
MOST_WORDS = 100
JOBS_SHOWN = 3


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The list by GET, also as a workbook; by POST one file, or all that failed, are read again."""
    user = request.user
    if not isinstance(user, User) or not may_see(user):
        raise PermissionDenied
    if request.method == "POST":
        _read_again(request, user)
        return redirect(request.get_full_path())
    chosen = _chosen(request)
    found = files_of(user, chosen)
    if request.GET.get(FILE) == "xlsx":
        return workbook("tep-va-van-ban", _headings(), map(_cells, all_rows(found)))
    title = _("Files and the text in them")
    return page(request, "files", title, "doc-full", **_list(request, found, chosen))


def _list(request: HttpRequest, found: Any, chosen: Chosen) -> dict[str, Any]:
    rows = slice_of(request, found)
    asked = {STATE: chosen.state, KIND: chosen.kind, WORDS: chosen.words}
    return {
        "rows": rows,
        "files": [{"row": row, "links": _links(request, row)} for row in rows_of(list(rows))],
        "chosen": chosen,
        "states": [*_special(), *((str(state), label) for state, label in LABELS.items())],
        "kinds": sorted(READABLE),
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "jobs": Job.objects.filter(kind=reading_again.KIND)[:JOBS_SHOWN],
    }


def _special() -> list[tuple[str, str]]:
    return [(NOT_FOUND, _("all that are not found by their words")), (UNREAD, _("not read yet"))]


def _links(request: HttpRequest, row: FileRow) -> list[dict[str, str]]:
    return [{"title": each.title, "url": each.get_url(request) or ""} for each in row.pages]


def _chosen(request: HttpRequest) -> Chosen:
    given = request.GET.get
    return Chosen(given(STATE, ""), given(KIND, ""), given(WORDS, "").strip()[:MOST_WORDS])


def _read_again(request: HttpRequest, user: User) -> None:
    """What the user may not change is passed over in silence: it is not on the list either."""
    asked = request.POST.get("file", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 19:
        keys = list(files_of(user).filter(pk=int(asked)).values_list("pk", flat=True))
    elif request.POST.get("action") == "failed":
        failed = files_of(user, Chosen(state=NOT_FOUND))
        keys = list(failed.values_list("pk", flat=True)[: reading_again.MOST])
    else:
        keys = []
    if not keys:
        messages.warning(request, _("There is no file to be read again."))
    elif reading_again.start(keys, user) is None:
        messages.warning(request, _("Files are being read already; try again when that is done."))
    else:
        sentence = ngettext(
            "%(count)s file will be read again shortly.",
            "%(count)s files will be read again shortly.",
            len(keys),
        )
        messages.success(request, sentence % {"count": len(keys)})


def _headings() -> list[str]:
    return [
        _("File"),
        _("Kind"),
        _("State of the text"),
        _("Number of pages"),
        _("Recognised pages"),
        _("Confidence (%)"),
        _("Read at"),
        _("What the reader says"),
        _("Public pages with it"),
    ]


def _cells(row: FileRow) -> list[Any]:
    facts = row.facts
    return [
        row.document.title,
        row.document.file_extension.upper(),
        row.label or _("not read yet"),
        (facts.page_count or None) if facts else None,
        (facts.recognised or None) if facts else None,
        facts.confidence if facts and facts.recognised else None,
        localtime(facts.read_at) if facts and facts.read_at else None,
        facts.sentence if facts else "",
        "; ".join(each.title for each in row.pages),
    ]
