"""Reads of the news room that pages, feeds and the home page share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.home.base import is_open
from portal.home.component_scope import standing
from portal.jobs import clock
from portal.news import citing, files, models, states

if TYPE_CHECKING:
    from portal.news.articles import ArticlePage, NewsListPage
    from portal.news.documents import OfficialDocumentPage, Relation
    from portal.news.notices import NoticeIndexPage, NoticePage

MOST_NEWEST = 6
MOST_RELATED = 4


def articles() -> QuerySet[ArticlePage]:
    """Live, open articles, newest first, without their long texts."""
    found: QuerySet[ArticlePage] = (
        models.ArticlePage.objects.live()
        .filter(is_open())
        .defer_streamfields()
        .order_by("-published_at", "-pk")
    )
    return found


def articles_below(page: NewsListPage) -> QuerySet[ArticlePage]:
    """The articles of a section, or of all sections."""
    return articles().filter(path__startswith=page.path)


def dressed(found: Iterable[ArticlePage]) -> list[ArticlePage]:
    """The articles with picture, renditions and section, in three queries whatever their number.

    Each gets `section`, the section's page.
    """
    shown = list(_with_pictures(found))
    paths = {article.path[: -Page.steplen] for article in shown}
    sections = {page.path: page for page in Page.objects.filter(path__in=paths)} if paths else {}
    for article in shown:
        article.section = sections.get(article.path[: -Page.steplen])
    return shown


def _with_pictures(found: Iterable[ArticlePage]) -> Iterable[ArticlePage]:
    if isinstance(found, QuerySet):
        return found.select_related("image").prefetch_related("image__renditions")
    return found


def newest_articles(most: int, below: str = "") -> list[ArticlePage]:
    """The newest articles of the portal's sections, or of those in a unit's site."""
    return dressed(articles().filter(standing(below))[:most])


def sections_beside(page: NewsListPage) -> list[Page]:
    """All live sections of the news index that the page belongs to."""
    top = page.path if isinstance(page, models.NewsIndexPage) else page.path[: -Page.steplen]
    return list(
        Page.objects.live()
        .filter(path__startswith=top, depth=len(top) // Page.steplen + 1)
        .order_by("path")
    )


def around_article(page: ArticlePage) -> dict[str, Any]:
    """Newest, related, previous and next articles in one query, and what hangs on the article.

    Related articles share the most tags; without tags, none.
    """
    warm_pictures(page)
    return _neighbours(page) | {
        "attachments": files.shown(page.attachments),
        "documents": [
            row.document
            for row in page.documents.select_related("document__type", "document__issuer")
            if row.document.live
        ],
        "section": page.get_parent() if page.path else None,
    }


def warm_pictures(page: ArticlePage) -> None:
    """Fetch the renditions of the lead picture and of the text's pictures together."""
    inside = [block.value.get("image") for block in page.body if block.block_type == "image"]
    pictures = [picture for picture in inside if picture is not None]
    for picture in pictures:
        if picture.pk == page.image_id:
            page.image = picture
    lead = [page.image] if page.image_id else []
    prefetch_related_objects([*lead, *pictures], "renditions")


def _neighbours(page: ArticlePage) -> dict[str, Any]:
    others = articles_beside(page)
    earlier = Q(published_at__lt=page.published_at)
    later = Q(published_at__gt=page.published_at)
    newest = others[:MOST_NEWEST].values("pk")
    before = others.filter(earlier)[:1].values("pk")
    after = others.filter(later).order_by("published_at", "pk")[:1].values("pk")
    related = _sharing_tags(page)[:MOST_RELATED].values("pk")
    found = list(
        others.filter(
            Q(pk__in=newest) | Q(pk__in=before) | Q(pk__in=after) | Q(pk__in=related)
        ).annotate(shared=_shared_tags(page))
    )
    older = [other for other in found if other.published_at < page.published_at]
    younger = [other for other in found if other.published_at > page.published_at]
    related_first = sorted(found, key=lambda other: -other.shared)
    return {
        "newest": found[:MOST_NEWEST],
        "previous": older[0] if older else None,
        "next": younger[-1] if younger else None,
        "related": [other for other in related_first if other.shared][:MOST_RELATED],
    }


def articles_beside(page: ArticlePage) -> QuerySet[ArticlePage]:
    """The other articles of the same news index: a unit's stay among themselves."""
    index = page.path[: -2 * Page.steplen]
    return articles().filter(path__startswith=index).exclude(pk=page.pk)


def _shared_tags(page: ArticlePage) -> Count:
    tags = models.ArticleTag.objects.filter(content_object=page.pk).values("tag")
    return Count("tagged_items", filter=Q(tagged_items__tag__in=tags))


def _sharing_tags(page: ArticlePage) -> QuerySet[ArticlePage]:
    others: Any = articles_beside(page).annotate(shared=_shared_tags(page))
    sharing: QuerySet[ArticlePage] = others.filter(shared__gt=0)
    return sharing.order_by("-shared", "-published_at")


def notices_below(page: NoticeIndexPage) -> QuerySet[NoticePage]:
    """Live notices of an index: running and urgent ones first, then by their first day."""
    today = clock.today()
    over = Q(valid_until__lt=today) | Q(valid_from__gt=today)
    found: QuerySet[NoticePage] = (
        models.NoticePage.objects.live()
        .filter(is_open())
        .descendant_of(page)
        .defer_streamfields()
        .annotate(over=Exists(models.NoticePage.objects.filter(over, pk=OuterRef("pk"))))
        .order_by("over", "-urgent", "-valid_from", "-pk")
    )
    return found


def running_notices(most: int, below: str = "") -> list[NoticePage]:
    """Notices that count today, urgent ones first: the portal's, or those of a unit's site."""
    today = clock.today()
    running = Q(valid_until=None) | Q(valid_until__gte=today)
    found = models.NoticePage.objects.live().filter(is_open()).filter(running, standing(below))
    found = found.filter(valid_from__lte=today).defer_streamfields()
    return list(found.order_by("-urgent", "-valid_from", "-pk")[:most])


def replacing(on: date) -> QuerySet[Relation]:
    """Relations by which a live document in effect on that day replaces another."""
    in_effect = Q(page__effective_on=None) | Q(page__effective_on__lte=on)
    found: QuerySet[Relation] = models.Relation.objects.filter(in_effect, kind="replaces")
    return found.filter(page__live=True)


def documents() -> QuerySet[OfficialDocumentPage]:
    """Live, open documents, newest first, each with `is_replaced`."""
    replaced = replacing(clock.today()).filter(target=OuterRef("pk"))
    found: QuerySet[OfficialDocumentPage] = (
        models.OfficialDocumentPage.objects.live()
        .filter(is_open())
        .select_related("type", "issuer", "field")
        .annotate(is_replaced=Exists(replaced))
        .order_by(F("issued_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")
    )
    return found


def newest_documents(most: int, below: str = "") -> list[OfficialDocumentPage]:
    """The newest official documents of all issuers, or of those in a unit's site."""
    return files.pages_beside(documents().filter(standing(below))[:most])


def around_document(page: OfficialDocumentPage) -> dict[str, Any]:
    """A document's files, its chain in both directions, and its facts as (label, value)."""
    take_codes(page)
    forward = [
        row
        for row in page.relations.select_related("target__type", "target__issuer")
        if row.target.live
    ]
    backward = list(
        models.Relation.objects.filter(target=page.pk, page__live=True)
        .select_related("page__type", "page__issuer")
        .order_by("page__issued_on")
    )
    page.is_replaced = any(_replaces(row) for row in backward)
    return {
        "files": files.with_pictures(files.shown(page.files), page),
        "relations": [_relation(row.get_kind_display(), row.target) for row in forward],
        "reverse_relations": [_relation(reverse_label(row.kind), row.page) for row in backward],
        "facts": facts_of(page),
        "citation": citing.citation(page),
    }


def take_codes(page: OfficialDocumentPage) -> None:
    """Type, issuer and field together; a preview may name others, which are asked for singly."""
    names = ("type", "issuer", "field")
    rows = models.OfficialDocumentPage.objects.select_related(*names).only(*names)
    row = rows.filter(pk=page.pk).first()
    for name in names if row else ():
        if getattr(row, f"{name}_id") == getattr(page, f"{name}_id"):
            setattr(page, name, getattr(row, name))


def _replaces(row: Relation) -> bool:
    starts = row.page.effective_on
    return row.kind == "replaces" and (starts is None or starts <= clock.today())


def _relation(label: str, page: OfficialDocumentPage) -> dict[str, Any]:
    return {"label": label, "page": page, "title": page.title, "number": page.number_text}


def reverse_label(kind: str) -> str:
    """A relation as seen from the older document."""
    labels = {
        "replaces": _("is replaced by"),
        "amends": _("is amended by"),
        "based_on": _("is the basis of"),
        "guides": _("is guided by"),
    }
    return labels[kind]


def facts_of(page: OfficialDocumentPage) -> Sequence[tuple[str, str]]:
    """The document's data in the order of the decree; only what is known."""
    rows = [
        (_("Number and symbol"), page.number_text),
        (_("Type"), page.type.label if page.type else ""),
        (_("Issuing agency"), page.issuer.name),
        (_("Field of work"), page.field.name if page.field else ""),
        (_("Date of issue"), _day(page.issued_on)),
        (_("In effect from"), _day(page.effective_on)),
        (_("In effect until"), _day(page.expires_on)),
        (_("State"), str(states.state_of(page, clock.today()).label)),
        (_("Signer"), page.signer),
        (_("Post of the signer"), page.signer_post),
    ]
    return [(label, value) for label, value in rows if value]


def _day(day: date | None) -> str:
    return date_format(day, "d/m/Y") if day else ""
