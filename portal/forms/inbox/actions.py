"""What an officer does with one record: take it in, give a new code, print."""

from __future__ import annotations

import logging

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.areas.models import User
from portal.forms.errors import FormError, StaleRevisionError
from portal.forms.inbox import services
from portal.forms.inbox.access import may_decide
from portal.forms.inbox.frame import here, own_record, page, private, reader
from portal.forms.inbox.narrowing import Narrowing
from portal.forms.inbox.records import Row, type_of
from portal.forms.models import Submission
from portal.forms.references import shown_code
from portal.printing.render import PrintingError, render_pdf
from portal.privacy.models import ReadEvent
from portal.privacy.services import log_read

log = logging.getLogger(__name__)


class RevisionForm(forms.Form):
    """A button that belongs to the state that was seen."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)


def decided(request: HttpRequest, pk: int) -> tuple[User, Submission]:
    """The user and a record that this user decides on."""
    user, found = reader(request), own_record(request, pk)
    if not may_decide(user, found):
        raise PermissionDenied
    return user, found


def back_to(request: HttpRequest, record: Submission) -> HttpResponse:
    """The record's page, in the list that it was opened from."""
    query = here(request, Narrowing(reader(request), request.GET))
    address = reverse("forms_record", args=[record.pk])
    return private(redirect(f"{address}?{query}" if query else address))


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """The commune has taken the form in."""
    user, found = decided(request, pk)
    form = RevisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(StaleRevisionError()))
        return back_to(request, found)
    try:
        services.receive(user, found.pk, form.cleaned_data["revision"])
    except services.AlreadyReceivedError as error:
        messages.info(request, str(error))
    except FormError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The form was marked as received."))
    return back_to(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first; then show the new code, this one time."""
    user, found = decided(request, pk)
    code = ""
    if request.method == "POST":
        try:
            code = shown_code(services.give_new_code(user, found.pk))
        except FormError as error:
            messages.error(request, str(error))
            return back_to(request, found)
    elif found.erased_at:
        messages.error(request, str(services.ErasedRecordError()))
        return back_to(request, found)
    query = here(request, Narrowing(user, request.GET))
    title = _("New code for %(reference)s") % {"reference": found.reference}
    crumb = (reverse("forms_record", args=[found.pk]), found.reference)
    return page(
        request, "new_code", title, crumb, item=found, row=Row(found), code=code, here=query
    )


@require_safe
def paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A paper of the form, filled in, as PDF."""
    user, found = reader(request), own_record(request, pk)
    form = type_of(found)
    sheet = form.sheet(name) if form else None
    if sheet is None or found.answers is None:
        raise Http404
    try:
        made = render_pdf(sheet.template, sheet.data(found, found.answers))
    except PrintingError:
        # What the typesetter says may quote the data.
        log.error("paper %s of record %s could not be set", name, found.pk)  # noqa: TRY400
        messages.error(request, _("The paper could not be made. Please tell the operator."))
        return back_to(request, found)
    log_read(user, found, ReadEvent.Action.PRINT)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{sheet.name}-{found.reference}.pdf"'
    return private(response)
