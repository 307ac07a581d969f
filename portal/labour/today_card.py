"""Worker sheets that wait for a decision, for the officers' "today" page; references, no names."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.labour.queries import waiting_sheets

NAME = "worker_sheets"
MOST = 10


def render(request: HttpRequest) -> SafeString | None:
    """The first of them, the longest waiting first; nothing when none waits."""
    rows = waiting_sheets(request.user)
    count = rows.count()
    if not count:
        return None
    first = rows.select_related("submission").order_by("submission__sent_at", "pk")[:MOST]
    values = {"sheets": first, "more": max(count - MOST, 0)}
    return render_to_string("labour/admin/today.html", values)
