"""What stands beside an article: the newest, related ones, the one before and the one after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from portal.home import memo
from portal.news import likeness, queries

if TYPE_CHECKING:
    from portal.news.articles import ArticlePage

MOST_NEWEST = 6
MOST_RELATED = 4
COMPARED = 150
LISTED = ("title", "url_path", "slug", "path", "depth", "published_at", "locale_id")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as it is named beside others, with the keys of its tags."""

    article: ArticlePage
    tags: frozenset[int]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest articles of a news index; `whole` when it has no others."""

    listed: dict[int, Listed]
    whole: bool

    def reaches(self, page: ArticlePage) -> bool:
        """Whether whatever was published just before or after the page is among them."""
        last = next(reversed(self.listed.values()), None)
        return self.whole or last is None or page.published_at > last.article.published_at


def around(request: HttpRequest, page: ArticlePage, tags: Iterable[int]) -> dict[str, Any]:
    """`newest`, `related`, `previous` and `next` of an article with tags of these keys.

    Related articles share the most tags, then the rarest words of the title; the newest are others.
    What all articles of a news index have in common is read once for all of them.
    """
    index = page.path[: -2 * Page.steplen]
    newest = memo.shared(request, ("articles", index), partial(_newest, index))
    own = frozenset(tags)
    known = {**newest.listed, **({} if newest.whole else _further(page, index, own, newest))}
    others = [each for key, each in known.items() if key != page.pk]
    others.sort(key=lambda each: (each.article.published_at, each.article.pk), reverse=True)
    found = [each.article for each in others]
    older = (other for other in found if other.published_at < page.published_at)
    younger = (other for other in reversed(found) if other.published_at > page.published_at)
    related = _related(page, own, others)
    return {
        "newest": [other for other in found if other not in related][:MOST_NEWEST],
        "previous": next(older, None),
        "next": next(younger, None),
        "related": related,
    }


def _related(page: ArticlePage, own: frozenset[int], others: list[Listed]) -> list[ArticlePage]:
    titles = [(each.article.pk, each.article.title) for each in others]
    alike = likeness.alike(page.title, titles, MOST_RELATED)
    near = [each for each in others if each.tags & own or each.article.pk in alike]
    near.sort(key=lambda each: (-len(each.tags & own), -alike.get(each.article.pk, 0)))
    return [each.article for each in near[:MOST_RELATED]]


def _newest(index: str) -> Newest:
    inside = queries.articles().filter(path__startswith=index)
    listed = _listed(Q(pk__in=inside[: COMPARED + 1].values("pk")))
    return Newest(listed, whole=len(listed) <= COMPARED)


def _further(
    page: ArticlePage, index: str, own: frozenset[int], newest: Newest
) -> dict[int, Listed]:
    """What a long list does not hold: older articles of the same tags, an old one's neighbours."""
    others = queries.articles().filter(path__startswith=index).exclude(pk=page.pk)
    wanted = []
    if own:
        wanted.append(_sharing(others, own)[:MOST_RELATED])
    if not newest.reaches(page):
        later = others.filter(published_at__gt=page.published_at)
        wanted.append(others.filter(published_at__lt=page.published_at)[:1])
        wanted.append(later.order_by("published_at", "pk")[:1])
    which = Q()
    for rows in wanted:
        which |= Q(pk__in=rows.values("pk"))
    return _listed(which) if wanted else {}


def _sharing(others: QuerySet[ArticlePage], own: frozenset[int]) -> QuerySet[ArticlePage]:
    counted: Any = others.filter(tagged_items__tag__in=own).annotate(shared=Count("tagged_items"))
    sharing: QuerySet[ArticlePage] = counted.order_by("-shared", "-published_at")
    return sharing


def _listed(which: Q) -> dict[int, Listed]:
    """The newest first; one row for each tag of an article, so that one query gives both."""
    rows: Any = queries.articles().filter(which).only(*LISTED)
    found: dict[int, ArticlePage] = {}
    tags: dict[int, set[int]] = {}
    for row in rows.annotate(tag=F("tagged_items__tag")):
        found.setdefault(row.pk, row)
        tags.setdefault(row.pk, set()).add(row.tag)
    return {key: Listed(row, frozenset(tags[key] - {None})) for key, row in found.items()}
