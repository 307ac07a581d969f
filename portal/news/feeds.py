"""RSS of articles, and of the filtered list of official documents."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from portal.home.tree import tree_of
from portal.news import listing, queries, tags

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from taggit.models import Tag

    from portal.news.articles import ArticlePage, NewsListPage
    from portal.news.documents import OfficialDocumentIndexPage, OfficialDocumentPage

MOST = 30


def article_feed(request: HttpRequest, page: NewsListPage) -> HttpResponse:
    """The newest articles below a page."""
    feed = _feed(request, page.title, page.introduction or page.title, page.full_url)
    return _filled(request, feed, queries.articles_below(page))


def tag_feed(request: HttpRequest, page: NewsListPage, tag: Tag) -> HttpResponse:
    """The newest articles with a tag."""
    heading = _("Articles about “%(tag)s”") % {"tag": tag.name}
    feed = _feed(request, heading, heading, f"{page.full_url}the/{tag.slug}/")
    return _filled(request, feed, tags.articles(tag))


def _filled(
    request: HttpRequest, feed: Rss201rev2Feed, found: QuerySet[ArticlePage]
) -> HttpResponse:
    for article in found[:MOST]:
        feed.add_item(
            title=article.title,
            link=request.build_absolute_uri(article.url),
            description=article.lead,
            pubdate=article.published_at,
            updateddate=article.updated_on,
            author_name=article.byline or None,
        )
    return _answer(feed)


def document_feed(request: HttpRequest, page: OfficialDocumentIndexPage) -> HttpResponse:
    """The newest documents that fit the filters in the address."""
    found = listing.matching(listing.parse_query(request.GET))
    feed = _feed(request, page.title, _("Newest official documents"), page.full_url)
    for document in found[:MOST]:
        feed.add_item(
            title=": ".join(part for part in (document.number_text, document.title) if part),
            link=request.build_absolute_uri(document.url),
            description=document.abstract or document.title,
            pubdate=_midnight(document),
            categories=[document.type.label] if document.type else [],
        )
    return _answer(feed)


def _midnight(document: OfficialDocumentPage) -> datetime | None:
    if document.issued_on is None:
        return None
    return timezone.make_aware(datetime.combine(document.issued_on, time.min))


def _feed(request: HttpRequest, title: str, description: str, link: str) -> Rss201rev2Feed:
    home = tree_of(request).home
    portal = home.portal_name or home.title if home else ""
    return Rss201rev2Feed(
        title=" – ".join(part for part in (title, portal) if part),
        link=link,
        description=description,
        language="vi",
        feed_url=request.build_absolute_uri(),
    )


def _answer(feed: Rss201rev2Feed) -> HttpResponse:
    text = feed.writeString("utf-8")
    return HttpResponse(text, content_type="application/rss+xml; charset=utf-8")
