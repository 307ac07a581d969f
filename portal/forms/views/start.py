"""The beginning of a form: consent, who fills in, reference and code."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.forms import cookies, references, services, throttle
from portal.forms.errors import ManyStartsError
from portal.forms.models import Draft, Filler, Means
from portal.forms.mount import Mount
from portal.forms.views.common import draw, go, record_of, walk_of, without_draft

WAIT_MINUTES = throttle.WAIT_SECONDS // 60


class StartForm(forms.Form):
    """Consent is never ticked beforehand (Luật 91/2025/QH15)."""

    filler = forms.ChoiceField(
        label=_("Who fills in this form?"),
        choices=Filler.choices,
        error_messages={"required": _("Choose who fills in.")},
    )
    consent = forms.BooleanField(
        label=_("I have read this and agree."),
        error_messages={"required": _("Without your agreement the form cannot be begun.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


def start(request: HttpRequest, mount: Mount) -> HttpResponse:
    """Read the wording, agree, begin; who has a draft here may go on with it instead."""
    record = record_of(request, mount)
    if not mount.is_open:
        return draw(request, mount, "closed", record=record)
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        return _begin(request, mount, form.cleaned_data)
    questionnaire = mount.form.current
    return draw(
        request,
        mount,
        "start",
        form=form,
        fillers=_fillers(form),
        consent=questionnaire.consent,
        questionnaire=questionnaire,
        record=record if isinstance(record, Draft) else None,
    )


def _begin(request: HttpRequest, mount: Mount, values: dict[str, Any]) -> HttpResponse:
    """A new draft, or that of the same page sent twice, which is not counted again."""
    again = Draft.objects.filter(key=values["key"], form=mount.form.id).exists()
    try:
        if not again:
            throttle.spend_start(request)
    except ManyStartsError as error:
        response = draw(request, mount, "many", sentence=error, minutes=WAIT_MINUTES)
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(throttle.WAIT_SECONDS)
        return response
    draft = services.start_draft(
        mount.form, filler=values["filler"], key=values["key"], mount=mount.page
    )
    response = go(mount.to("khai/ma/"))
    cookies.remember(response, draft, mount.url)
    return response


def codes(request: HttpRequest, mount: Mount) -> HttpResponse:
    """Reference and code, to copy before anything is filled in."""
    draft = record_of(request, mount)
    if not isinstance(draft, Draft):
        return without_draft(mount, draft)
    return draw(
        request,
        mount,
        "codes",
        draft=draft,
        code=references.shown_code(draft.code),
        next_url=mount.at(walk_of(draft).first_open),
        assisted=draft.means == Means.PAPER,
    )


def finish(request: HttpRequest, mount: Mount, others: Iterable[str]) -> HttpResponse:
    """“Xong, xóa khỏi máy này”: a shared device forgets; the answers stay under their code.

    `others` are the form's pages in other languages, where it may have been gone on with too.
    """
    if request.method != "POST":
        return go(mount.url)
    response = go(mount.to("khai/tiep-tuc/"), "da-xoa")
    cookies.forget(response, mount.url, others)
    return response


def _fillers(form: StartForm) -> list[dict[str, Any]]:
    chosen = form["filler"].value()
    return [
        {"code": code, "label": label, "checked": code == chosen} for code, label in Filler.choices
    ]
