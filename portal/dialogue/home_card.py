"""Drafts that are open for comment, as a card on the home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.dialogue.drafts import running_drafts

NAME = "drafts"
ADDRESS = "/gop-y/"  # design: addresses of the portal's rooms are fixed
MOST = 3


def render(request: HttpRequest) -> SafeString | None:
    """Those that close first; nothing without any."""
    drafts = list(running_drafts()[:MOST])
    if not drafts:
        return None
    return render_to_string("dialogue/card.html", {"drafts": drafts, "address": ADDRESS}, request)
