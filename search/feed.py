"""Any answer as RSS; households of lists never stand in a feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from search import contract, registry
from search.address import asked_by, with_changes
from search.contract import Hit
from search.queries import answer


def results_feed(request: HttpRequest) -> HttpResponse:
    """The newest twenty that fit, whatever page was asked."""
    asked = asked_by(request)
    public = tuple(kind for kind in registry.kinds() if kind != contract.LIST_ENTRY)
    kinds = tuple(kind for kind in asked.kinds if kind in public) or public
    result = answer(replace(asked, kinds=kinds, page=1, sort="date"))
    link = request.build_absolute_uri(with_changes(request, "/tim-kiem/"))
    title = _("Search: %(text)s") % {"text": asked.text[:80]}
    feed = Rss201rev2Feed(title=title, link=link, description=title)
    for hit in result.hits:
        feed.add_item(
            title=": ".join(part for part in (hit.number, hit.title) if part),
            link=request.build_absolute_uri(hit.url),
            description=strip_tags(hit.snippet),
            pubdate=_midnight(hit),
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )


def _midnight(hit: Hit) -> datetime | None:
    return timezone.make_aware(datetime.combine(hit.date, time.min)) if hit.date else None
