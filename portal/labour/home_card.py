"""Campaigns under way, as a card on the home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.jobs import clock
from portal.labour import queries

NAME = "campaigns"
ADDRESS = "/lao-dong/"  # design: addresses of the portal's rooms are fixed
MOST = 3


def render(request: HttpRequest) -> SafeString | None:
    """Those that end first, with number and bar where a target is known; nothing without any."""
    running = list(queries.running_campaigns(clock.today())[:MOST])
    if not running:
        return None
    values = {"campaigns": running, "address": ADDRESS}
    return render_to_string("labour/card.html", values, request)
