"""Lists posted now, as a card on the home page."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.jobs import clock
from portal.registration import queries
from portal.registration.models import PublishedList

NAME = "published_lists"
ADDRESS = "/danh-sach/"  # design: addresses of the portal's rooms are fixed
MOST = 2


def posted(request: HttpRequest, now: datetime) -> list[PublishedList]:
    """The lists posted now, read once for all cards of a page."""
    known: list[PublishedList] | None = getattr(request, "portal_posted_lists", None)
    if known is None:
        known = list(queries.running_lists(now))
        request.portal_posted_lists = known  # type: ignore[attr-defined]
    return known


def render(request: HttpRequest) -> SafeString | None:
    """The lists that end first, with last day and households; nothing when none is posted."""
    now = clock.now()
    lists = [queries.card(item, ADDRESS, now) for item in posted(request, now)[:MOST]]
    if not lists:
        return None
    return render_to_string("registration/card.html", {"lists": lists, "address": ADDRESS}, request)
