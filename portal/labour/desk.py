"""The officer's answer to the question which of two sheets of a person counts."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.forms.errors import FormError
from portal.forms.inbox.actions import back_to, decided
from portal.labour import doubles


class SettleForm(forms.Form):
    """One of two buttons."""

    counts = forms.ChoiceField(choices=[("this", ""), ("other", "")])


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide and go back to the record; what stands against it is said there."""
    user, found = decided(request, pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which of the two sheets counts."))
        return back_to(request, found)
    try:
        doubles.settle(user, pk, counts=form.cleaned_data["counts"] == "this")
    except FormError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Decided. The other sheet is kept as history."))
    return back_to(request, found)
