"""Pages of the export: why, then the file; large ones are fetched here by who asked for them."""

from __future__ import annotations

import io

from django import forms
from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.forms.inbox import exporting
from portal.forms.inbox.frame import page, private, worker
from portal.forms.inbox.narrowing import Narrowing
from portal.tables.writing import MIME

LATEST = 10


class ReasonForm(forms.Form):
    """Whoever takes names out of the portal says what for."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=5,
        max_length=300,
        error_messages={"min_length": gettext_lazy("Say in at least five letters what for.")},
        help_text=gettext_lazy(
            "Kept with the export, for the auditors. Write what the list is for, no names."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask for the reason; a small list comes as the answer, a large one appears below."""
    user = worker(request)
    narrowing = Narrowing(user, request.GET)
    if not narrowing.is_sound:  # the list says what was not understood; it must not leave wider
        return private(redirect(f"{reverse('forms_inbox')}?{request.GET.urlencode()}"))
    count = narrowing.rows().count()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and count and form.is_valid():
        return _answer(request, narrowing, count, form.cleaned_data["reason"])
    return page(
        request,
        "export",
        _("Export the list"),
        form=form,
        count=count,
        at_once=count <= exporting.MOST_AT_ONCE,
        query=narrowing.query(),
        jobs=[(job, exporting.may_fetch(job, user)) for job in exporting.files_of(user)[:LATEST]],
        hours=int(exporting.KEPT.total_seconds() // 3600),
    )


@require_safe
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a job; for anybody but its owner it does not exist."""
    user = worker(request)
    job = get_object_or_404(exporting.files_of(user), pk=pk)
    if not exporting.may_fetch(job, user):
        raise Http404
    return _file(job.result_file.open("rb"))


def _answer(
    request: HttpRequest, narrowing: Narrowing, count: int, reason: str
) -> HttpResponseBase:
    if count <= exporting.MOST_AT_ONCE:
        file = io.BytesIO()
        exporting.at_once(narrowing, reason, file)
        file.seek(0)
        return _file(file)
    exporting.later(narrowing, reason)
    messages.success(request, _("The list is being prepared. Fetch it below when it is ready."))
    return private(redirect(f"{reverse('forms_export')}?{narrowing.query()}"))


def _file(content: io.BytesIO | File[bytes]) -> HttpResponseBase:
    response = FileResponse(
        content,
        as_attachment=True,
        filename=exporting.FILE_NAME,
        content_type=MIME["xlsx"],
    )
    response["Cache-Control"] = "private, no-store"
    return response
