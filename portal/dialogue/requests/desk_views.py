"""Requests about personal data in the back office: what is due first stands first."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.areas.models import User
from portal.areas.queries import administers
from portal.dialogue import desk
from portal.dialogue.errors import StaleError
from portal.dialogue.requests.forms import OutcomeForm
from portal.privacy.services import log_read, log_reads
from portal.privacy.subject_requests import (
    OPEN,
    RequestRefusedError,
    RequestState,
    SubjectRequest,
    advance,
    may_see,
)
from portal.workdays.days import read_days

PER_PAGE = 50
ALL = "tat-ca"


def reader(request: HttpRequest) -> User:
    """Officers and auditors of the province; else the admin sends them away."""
    user = request.user
    if not isinstance(user, User) or not may_see(user):
        raise PermissionDenied
    return user


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Open requests by the day on which they are due; ended ones behind a filter."""
    user, state = reader(request), request.GET.get("trang-thai", "")
    rows = SubjectRequest.objects.order_by("act_by", "pk")
    if state in RequestState.values:
        rows = rows.filter(state=state)
    elif state != ALL:
        rows = rows.filter(state__in=OPEN)
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    calendar = read_days()
    for row in found.object_list:
        row.calendar = calendar
    log_reads(user, found.object_list)
    return desk.page(
        request,
        "requests",
        _("Requests about personal data"),
        icon="lock",
        rows=found,
        found=found,
        query=f"trang-thai={state}" if state in {*RequestState.values, ALL} else "",
        state=state,
        states=[*RequestState.choices, (ALL, _("All"))],
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its deadlines and what was done."""
    user, found = reader(request), get_object_or_404(SubjectRequest, pk=pk)
    log_read(user, found)
    return _page(request, found, OutcomeForm(initial={"revision": found.revision}))


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, serve or refuse; what was typed stays when it is refused."""
    user, found = reader(request), get_object_or_404(SubjectRequest, pk=pk)
    if not administers(user):
        raise PermissionDenied
    form = OutcomeForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            advance(user, pk, values["revision"], values["state"], values["outcome"])
        except RequestRefusedError:
            form.add_error(None, str(StaleError()))
        else:
            messages.success(request, _("Done; whoever asked can read the answer."))
            return redirect("dialogue_request", pk)
    log_read(user, found)
    return _page(request, found, form)


def _page(request: HttpRequest, found: SubjectRequest, form: OutcomeForm) -> HttpResponse:
    return desk.page(
        request,
        "request",
        found.reference,
        icon="lock",
        crumb=(reverse("dialogue_requests"), _("Requests about personal data")),
        item=found,
        form=form if found.is_open and administers(reader(request)) else None,
        events=found.events.select_related("by"),
    )
