"""Reads of the news room that pages, feeds and the home page share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.home.base import is_open
from portal.home.component_scope import standing
from portal.home.models import PortalRendition
from portal.jobs import clock
from portal.news import chains, citing, files, hanging, models, neighbours, states

if TYPE_CHECKING:
    from portal.news.articles import ArticlePage, NewsListPage
    from portal.news.documents import OfficialDocumentPage, Relation
    from portal.news.notices import NoticeIndexPage, NoticePage


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


def around_article(request: HttpRequest, page: ArticlePage) -> dict[str, Any]:
    """Newest, related, previous and next articles, and what hangs on the article."""
    warm_pictures(page)
    tags = list(page.tags.all())
    attached = files.shown(page.attachments) if hanging.may_have(page, "attachments") else []
    return neighbours.around(request, page, (tag.pk for tag in tags)) | {
        "tags": tags,
        "attachments": files.with_pictures(attached, page),
        "section": page.get_parent() if page.path else None,
    }


def warm_pictures(page: ArticlePage) -> None:
    """Fetch the lead picture, its renditions and those of the text's pictures together."""
    inside = [block.value.get("image") for block in page.body if block.block_type == "image"]
    pictures = {picture.pk: picture for picture in inside if picture is not None}
    lead = page.image_id
    wanted = {*pictures, lead} - {None}
    made = PortalRendition.objects.filter(image__in=wanted).select_related("image")
    renditions: dict[int, list[PortalRendition]] = {key: [] for key in wanted}
    for rendition in made if wanted else ():
        pictures.setdefault(rendition.image_id, rendition.image)
        renditions[rendition.image_id].append(rendition)
    if lead and lead in pictures:
        page.image = pictures[lead]
    elif page.image:
        pictures[lead] = page.image
    for key, picture in pictures.items():
        known: Any = picture.renditions.all()
        known._result_cache, known._prefetch_done = renditions.get(key, []), True
        picture._prefetched_objects_cache = {"renditions": known}


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


def notice_tabs(
    page: NoticeIndexPage, chosen: str
) -> tuple[list[dict[str, Any]], QuerySet[NoticePage]]:
    """All, running, coming and past notices, counted, and the notices of the chosen tab."""
    today, found = clock.today(), notices_below(page)
    past, coming = Q(valid_until__lt=today), Q(valid_from__gt=today)
    tabs = {
        "": (_("All notices"), Q()),
        "dang": (_("Valid now"), ~(past | coming)),
        "sap": (_("Not begun yet"), coming),
        "het": (_("Over"), past),
    }
    chosen = chosen if chosen in tabs else ""
    counts = found.order_by().aggregate(
        **{f"n_{name}": Count("pk", filter=which) for name, (_label, which) in tabs.items()}
    )
    shown = [
        {"value": name, "label": label, "count": counts[f"n_{name}"], "selected": name == chosen}
        for name, (label, _which) in tabs.items()
    ]
    return shown, found.filter(tabs[chosen][1])


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
    chain = chains.around(page)
    targets = list(page.targets.all())
    return {
        "files": files.with_pictures(files.shown(page.files), page),
        **chain,
        "facts": facts_of(page),
        "targets": targets,
        "dated": any(target.due_on for target in targets),
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


def facts_of(page: OfficialDocumentPage) -> Sequence[tuple[str, str]]:
    """The document's data in the order of the decree; only what is known."""
    rows = [
        (_("Number and symbol"), page.number_text),
        (_("Type of document"), page.type.label if page.type else ""),
        (_("Issuing agency"), page.issuer.name),
        (_("Field of work"), page.field.name if page.field else ""),
        (_("Date of issue"), _day(page.issued_on)),
        (_("In effect from"), _day(page.effective_on)),
        (_("In effect until"), _day(page.expires_on)),
        (_("State"), str(states.state_of(page, clock.today()).label)),
        (_("Carried out"), _span(page.period_from, page.period_until)),
        (_("Signer"), page.signer),
        (_("Post of the signer"), page.signer_post),
    ]
    return [(label, value) for label, value in rows if value]


def _span(first: date | None, last: date | None) -> str:
    return " – ".join(filter(None, (_day(first), _day(last))))


def _day(day: date | None) -> str:
    return date_format(day, "d/m/Y") if day else ""
