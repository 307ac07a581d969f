"""Assisted entry: an officer types in what a household filled in and signed on paper."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.forms import registry
from portal.forms.errors import FormError
from portal.forms.inbox import services
from portal.forms.inbox.frame import page, private, worker
from portal.forms.models import Draft, Filler
from portal.forms.registry import FormType

FORM, FILLER, KEY = "mau", "ai", "khoa"
FIRST_PAGE = "khai/ma/"


class EntryForm(forms.Form):
    """Which form, for whom, and that the consent stands on paper: it is never ticked beforehand."""

    use_required_attribute = False
    khoa = forms.UUIDField(widget=forms.HiddenInput)
    mau = forms.ChoiceField(
        label=gettext_lazy("Form"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the form.")},
    )
    ai = forms.ChoiceField(
        label=gettext_lazy("Who filled in the paper?"),
        widget=forms.RadioSelect,
        choices=Filler.choices,
        error_messages={"required": gettext_lazy("Choose who filled it in.")},
    )
    ky = forms.BooleanField(
        label=gettext_lazy("The consent is signed on paper"),
        help_text=gettext_lazy(
            "Without the signature nothing may be typed in. Keep the paper with the record."
        ),
        error_messages={"required": gettext_lazy("Tick this when you hold the signed paper.")},
    )

    def __init__(self, offered: list[FormType], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields[FORM].choices = [(one.id, one.label) for one in offered]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: HttpRequest) -> HttpResponse:
    """Begin a form for somebody; the rest is the public form itself."""
    user = worker(request)
    offered = registry.offered(user)
    form = EntryForm(offered, request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        chosen, values = registry.get(form.cleaned_data[FORM]), form.cleaned_data
        try:
            draft = services.begin_for(user, chosen, values[FILLER], values[KEY])
        except FormError as error:
            messages.error(request, str(error))
            return private(redirect(f"{reverse('forms_type_in')}?{FORM}={chosen.id}"))
        return _to_form(draft)
    title = _("Type in a form")
    return page(request, "type_in", title, form=form, offered=offered)


def _initial(request: HttpRequest) -> dict[str, object]:
    return {KEY: uuid.uuid4(), FORM: request.GET.get(FORM, "")}


def _to_form(draft: Draft) -> HttpResponse:
    """To the page with reference and code; the cookie opens the draft in this browser."""
    from portal.forms.cookies import remember

    response = private(redirect(f"{registry.mount_url(draft.form) or '/'}{FIRST_PAGE}"))
    remember(response, draft)
    return response
