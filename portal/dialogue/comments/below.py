"""The section below a page: comments that are shown, the average, and the way to the forms."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal.dialogue.comments.rooms import room_of

NAME = "comments"


def render(request: HttpRequest, page: Page) -> SafeString | None:
    """Kept with the page: no form, nothing of one visitor. Nothing where all is switched off."""
    room = room_of(page)
    if room is None:
        return None
    shown = room.thread.comments
    if not (shown or room.takes_comments or room.takes_ratings):
        return None
    values = {"room": room, "comments": shown, "more": room.thread.comment_count > len(shown)}
    return render_to_string("dialogue/below.html", values, request)
