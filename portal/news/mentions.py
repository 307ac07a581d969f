"""Official documents that a text names by their number become links, without the editor's doing.

A number alone may be many agencies' of many years: it becomes a link only where one document
fits, by the day that stands behind the number, by the editor's own list, or because there is
just one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.home.base import is_open
from portal.news import hanging, models
from portal.news.numbers import number_key

if TYPE_CHECKING:
    from portal.news.articles import ArticlePage
    from portal.news.documents import OfficialDocumentPage

MOST = 60
_NUMBER = r"\d{1,5}/(?:\d{4}/)?[A-ZĐ][A-Za-zĐđ0-9]*(?:-[A-ZĐ][A-Za-zĐđ0-9&]*)+"
_DAY = r"(?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?:/| năm )(?P<year>\d{4})"
_MENTION = re.compile(rf"(?<![\w/])(?P<number>{_NUMBER})(?P<dated>,? ngày {_DAY})?")
_TAG = re.compile(r"(<[^>]*>)")
Known = dict[str, list["OfficialDocumentPage"]]


def numbers_in(html: str) -> set[str]:
    """The numbers of documents in a text, as they are compared."""
    return {number_key(match["number"]) for match in _MENTION.finditer(html)}


def documents_of(
    page: ArticlePage, named: Iterable[str]
) -> tuple[list[OfficialDocumentPage], Known]:
    """The documents of the editor's list, and those of the numbers named, in one query.

    Live and open ones alone; those named by key. Nothing is asked where there is nothing to find.
    """
    keys = sorted(named)[:MOST]
    if not keys and not hanging.may_have(page, "documents"):
        return [], {}
    listed = models.ArticleDocument.objects.filter(page=page.pk, document=OuterRef("pk"))
    found = list(
        models.OfficialDocumentPage.objects.live()
        .filter(is_open())
        .filter(Q(number_key__in=keys) | Exists(listed))
        .select_related("type", "issuer")
        .annotate(place=Subquery(listed.values(at=Coalesce("sort_order", 0))[:1]))
        .order_by("place", "pk")
    )
    known: Known = defaultdict(list)
    for document in found:
        if document.number_key in keys:
            known[document.number_key].append(document)
    typed = (getattr(page, "_cluster_related_objects", None) or {}).get("documents")
    if typed is not None:  # a preview shows what stands in the form
        return [row.document for row in typed if row.document.live], known
    return [document for document in found if document.place is not None], known


def linked(html: str, known: Known, chosen: Iterable[OfficialDocumentPage] = ()) -> SafeString:
    """The same markup with a link around each number that means one document for sure.

    What stands in a link already is left alone. `html` is markup that Wagtail has rendered.
    """
    picked = {page.pk for page in chosen}
    inside, parts = 0, []
    for part in _TAG.split(html):
        if part.startswith("<"):
            inside += part.startswith(("<a ", "<a>")) - part.startswith("</a>")
        elif not inside and known:
            parts.append(_MENTION.sub(lambda match: _link(match, known, picked), part))
            continue
        parts.append(part)
    return SafeString("".join(parts))  # nosec B703


def _link(match: re.Match[str], known: Known, picked: set[int]) -> str:
    page = _meant(known.get(number_key(match["number"]), []), _day(match), picked)
    address = page.url if page else None
    if page is None or not address:
        return match[0]
    link = format_html('<a href="{}" title="{}">', address, page.title)
    return f"{link}{match['number']}</a>{match['dated'] or ''}"


def _meant(
    found: list[OfficialDocumentPage], day: date | None, picked: set[int]
) -> OfficialDocumentPage | None:
    if day is not None:
        found = [page for page in found if page.issued_on == day]
    named = [page for page in found if page.pk in picked] or found
    return named[0] if len(named) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    if not match["dated"]:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
