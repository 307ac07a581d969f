"""List, search and record of the inbox: thin; every record is looked up in the user's scope."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.forms.inbox import detail, searching
from portal.forms.inbox.access import may_decide, may_work
from portal.forms.inbox.columns import columns
from portal.forms.inbox.frame import INDEX, here, own_record, page, position_in, private, reader
from portal.forms.inbox.narrowing import SEARCH, Narrowing
from portal.forms.inbox.neighbours import neighbours
from portal.forms.inbox.records import Row, load
from portal.forms.models import Submission
from portal.forms.references import read_reference
from portal.privacy.services import log_read, log_reads

PER_PAGE = 50
PAGE = "trang"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The arrived forms of the user's area, what waits longest first."""
    user = reader(request)
    narrowing = Narrowing(user, request.GET)
    keys = Paginator(narrowing.rows().values_list("pk", flat=True), PER_PAGE)
    found = keys.get_page(request.GET.get(PAGE))
    rows = load(user, list(found), found.start_index())
    log_reads(user, [row.record for row in rows])
    narrowing.form.offer_communes(user)
    if narrowing.is_lost:
        messages.warning(request, _("What you searched for is not kept any longer. Type it again."))
    return page(
        request,
        INDEX,
        _("Arrived forms"),
        rows=rows,
        found=found,
        columns=columns(narrowing),
        narrowing=narrowing,
        query=narrowing.query(),
        by_number=searching.kind_of(narrowing.typed) is searching.Kind.CITIZEN,
        may_work=may_work(user),
    )


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Filters and words come by POST, so that nothing personal stands in an address.

    A reference leads to its record at once, whatever the filters say.
    """
    user = reader(request)
    typed = searching.cleaned(request.POST.get("q", ""))
    reference = read_reference(typed)
    if reference:
        known = Submission.objects.visible_to(user).filter(reference=reference).first()
        if known:
            return private(redirect("forms_record", known.pk))
    token = searching.sealed(typed, user) if typed else ""
    query = Narrowing(user, request.POST).query(**{SEARCH: token})
    return private(redirect(f"{reverse('forms_inbox')}?{query}"))


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: answers in words, what the room says of them, proof, history."""
    user, found = reader(request), own_record(request, pk)
    narrowing = Narrowing(user, request.GET)
    log_read(user, found)
    return page(
        request,
        "record",
        found.reference,
        item=found,
        row=Row(found),
        facts=detail.facts_of(found, user),
        may_decide=may_decide(user, found),
        neighbours=neighbours(narrowing, found.pk, position_in(request)),
        here=here(request, narrowing),
        back=narrowing.query(),
    )
