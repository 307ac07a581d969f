"""Lists posted now, as a card on the home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.jobs import clock
from portal.registration import queries

NAME = "published_lists"
ADDRESS = "/danh-sach/"  # design: addresses of the portal's rooms are fixed
MOST = 2


def render(request: HttpRequest) -> SafeString | None:
    """The lists that end first, with last day and households; nothing when none is posted."""
    now = clock.now()
    lists = [queries.card(item, ADDRESS, now) for item in queries.running_lists(now)[:MOST]]
    if not lists:
        return None
    return render_to_string("registration/card.html", {"lists": lists, "address": ADDRESS}, request)
