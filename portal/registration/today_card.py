"""Published lists of the officer's area whose names are taken down soon, for the "today" page."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.jobs import clock
from portal.registration.access import lists_of
from portal.registration.models import PublishedList
from portal.registration.window import last_day

NAME = "lists"
SOON = timedelta(days=3)
MOST = 10


def render(request: HttpRequest) -> SafeString | None:
    """The lists that end within three days, the first one first."""
    now = clock.now()
    rows = lists_of(request.user).filter(
        state=PublishedList.State.PUBLISHED, visible_until__gt=now, visible_until__lte=now + SOON
    )
    ending = [
        {"pk": row.pk, "title": row.title, "last_day": last_day(row.visible_until)}
        for row in rows.order_by("visible_until")[:MOST]
        if row.visible_until
    ]
    if not ending:
        return None
    return render_to_string("registration/admin/today.html", {"lists": ending})
