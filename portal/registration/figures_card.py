"""Households of a posted list by commune, as a picture with its table on the home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.home.charts import bars
from portal.jobs import clock
from portal.registration import queries
from portal.registration.home_card import ADDRESS, posted
from portal.registration.models import PublishedList

NAME = "list_figures"
MOST = 6


def render(request: HttpRequest) -> SafeString | None:
    """The posted list that spans most communes; sums over lists would count households twice."""
    now = clock.now()
    widest = max(posted(request, now), key=lambda item: len(item.totals), default=None)
    if widest is None or not widest.totals:
        return None
    shown = queries.card(widest, ADDRESS, now)
    rows = _largest(widest, shown.url)
    values = {
        "list": shown,
        "bars": bars([(row.name, row.url, (row.poor, row.near_poor)) for row in rows]),
        "left_out": len(widest.totals) - len(rows),
    }
    return render_to_string("registration/figures_card.html", values, request)


def _largest(item: PublishedList, url: str) -> list[queries.CommuneRow]:
    """The communes with most households; equal ones stay in the order of the list."""
    rows = queries.commune_rows(item, url, "")
    return sorted(rows, key=lambda row: -(row.poor + row.near_poor))[:MOST]
