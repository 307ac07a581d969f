"""The feeds of this room for the list of all feeds."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.home.base import is_open
from portal.home.feeds import Feed
from portal.home.tree import tree_of
from portal.news.models import NewsIndexPage, OfficialDocumentIndexPage, SectionPage

MOST_SECTIONS = 200


def feeds(request: HttpRequest) -> Iterator[Feed]:
    """News as a whole and by section, and the official documents, of the site that was asked."""
    site = tree_of(request).site
    top = site.root_page.path if site else ""
    for model in (NewsIndexPage, SectionPage, OfficialDocumentIndexPage):
        found = model.objects.live().filter(is_open(), path__startswith=top).order_by("path")
        for page in found[:MOST_SECTIONS]:
            title = _("News: %(section)s") % {"section": page.title}
            shown = title if model is SectionPage else page.title
            yield Feed(shown, f"{page.get_url(request)}rss/")
