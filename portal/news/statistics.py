"""What was read and written in a span of days, for those who edit it.

Only pages that the asking editor may work on are counted: an agency's editors see their own tree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.areas.models import User
from portal.jobs import clock
from portal.news.models import ArticlePage, OfficialDocumentPage
from portal.news.readings import PageReading
from search.text import name_sort_key

DAYS = 30
RIGHTS = ["add", "change", "publish"]


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Line:
    """One page, section or agency with its views; `count` says of how many pages."""

    title: str
    views: int
    count: int = 1
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """What one author wrote of one kind; an article of two counts whole for each of them."""

    author: str
    genre: str
    count: int
    words: int


def span_of(data: Mapping[str, Any]) -> Span:
    """The days asked for; the last thirty where they make no sense, turned where they are mixed."""
    today = clock.today()
    last = _day(data.get("den")) or today
    first = _day(data.get("tu")) or last - timedelta(days=DAYS - 1)
    return Span(min(first, last), max(first, last))


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None


def articles(span: Span, user: User) -> list[Line]:
    """Articles by views."""
    return _pages(span, ArticlePage.objects.filter(pk__in=_own(user)))


def documents(span: Span, user: User) -> list[Line]:
    """Official documents by views."""
    return _pages(span, OfficialDocumentPage.objects.filter(pk__in=_own(user)))


def sections(span: Span, user: User) -> list[Line]:
    """Sections by the views of their articles."""
    views: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    read = _views(span, ArticlePage.objects.filter(pk__in=_own(user)))
    for path, count in read.values_list("page__path", "views"):
        parent = path[: -Page.steplen]
        views[parent] += count
        counts[parent] += 1
    titles = dict(Page.objects.filter(path__in=views).values_list("path", "title"))
    lines = [Line(titles.get(path, ""), views[path], counts[path]) for path in views]
    return sorted(lines, key=lambda line: -line.views)


def authors(span: Span, user: User) -> list[AuthorLine]:
    """What each author has published, by kind, people by their given name."""
    begin = datetime.combine(span.first, time.min, clock.ZONE)
    end = datetime.combine(span.last + timedelta(days=1), time.min, clock.ZONE)
    written = ArticlePage.objects.live().filter(pk__in=_own(user)).exclude(byline="")
    found = written.filter(published_at__gte=begin, published_at__lt=end).defer_streamfields()
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for page in found.iterator(chunk_size=500):
        for name in page.authors:
            line = totals[name, page.get_genre_display()]
            line[0], line[1] = line[0] + 1, line[1] + page.words
    lines = [AuthorLine(*key, *values) for key, values in totals.items()]
    return sorted(lines, key=lambda line: (name_sort_key(line.author), line.genre))


def _pages(span: Span, pages: QuerySet[Any]) -> list[Line]:
    found = _views(span, pages).order_by("-views", "page__title")
    return [
        Line(row["page__title"], row["views"], pk=row["page"])
        for row in found.values("page", "page__title", "views")
    ]


def _views(span: Span, pages: QuerySet[Any]) -> QuerySet[Any, Any]:
    read = PageReading.objects.filter(
        day__range=(span.first, span.last), page__in=pages.values("pk")
    )
    return read.values("page", "page__title", "page__path").annotate(views=Sum("count"))


def _own(user: User) -> Any:
    """The pages that this editor may work on."""
    return PagePermissionPolicy().instances_user_has_any_permission_for(user, RIGHTS).values("pk")
