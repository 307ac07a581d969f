"""How articles, notices and official documents become search entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.db.models.signals import post_save, pre_save
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.home.searchable import (
    capped,
    file_text,
    load_pages,
    page_keys,
    page_texts,
    stream_text,
    sure_and_unsure,
)
from portal.jobs import clock, register_schedule
from portal.news.models import (
    ArticlePage,
    DocumentType,
    Field,
    Issuer,
    NoticePage,
    OfficialDocumentPage,
)
from portal.news.states import state_of
from search import outbox
from search.contract import PageText, SearchEntry
from search.registry import register_expander, register_searchable

# At equal fit the document stands before what reports on it, the higher issuer before the lower.
WEIGHTS = {"central": 4, "province": 3, "department": 2, "commune": 1}
CHANGED_WITHIN = timedelta(days=7)
CODE_LISTS: dict[type[Model], str] = {Issuer: "issuer", Field: "field", DocumentType: "type"}


@dataclass(frozen=True, slots=True)
class FileWords:
    """The words of all attached files, and their pages.

    `unsure` are the words of pages that were recognised with little confidence. The names of the
    files go to the end of a body: a snippet begins with what a document says.
    """

    words: str
    unsure: str
    titles: str
    pages: tuple[PageText, ...]


def words_of_files(page: Any) -> FileWords:
    """What the attached files of a page say, as far as anybody may open them."""
    words: list[str] = []
    unsure: list[str] = []
    titles: list[str] = []
    pages: list[PageText] = []
    for attachment in page:
        titles.append(attachment.title)
        text = file_text(attachment.document)
        if text:
            sure, other = sure_and_unsure(text)
            words += sure
            unsure += other
            pages += page_texts(attachment.document, text)
    return FileWords("\n".join(words), capped(*unsure), "\n".join(titles), tuple(pages))


def article(page: ArticlePage) -> SearchEntry:
    """An article with its attachments."""
    files = words_of_files(page.attachments.select_related("document__collection"))
    section = page.get_parent().title
    local = localtime(page.published_at)
    return SearchEntry(
        kind="article",
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        summary=page.lead,
        body=capped(stream_text(page.body), " ".join(page.tags.names()), files.words, files.titles),
        date=local.date(),
        facets={"section": (section,), "year": (str(local.year),)},
        meta={"line": f"{section} · {date_format(local, 'DATETIME_FORMAT')}"},
        pages=files.pages,
        unsure=files.unsure,
    )


def notice(page: NoticePage) -> SearchEntry:
    """A notice with its attachments; a past one stays findable."""
    files = words_of_files(page.attachments.select_related("document__collection"))
    day = date_format(page.valid_from, "DATE_FORMAT")
    return SearchEntry(
        kind="notice",
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        body=capped(stream_text(page.body), files.words, files.titles),
        date=page.valid_from,
        facets={"year": (str(page.valid_from.year),)},
        meta={"line": " · ".join(part for part in (page.agency, day) if part)},
        pages=files.pages,
        unsure=files.unsure,
    )


def official_document(page: OfficialDocumentPage) -> SearchEntry:
    """An official document: its metadata, the whole text of its PDFs, and their pages."""
    files = words_of_files(page.files.select_related("document__collection"))
    facets = {
        "issuer": (page.issuer.name,),
        "doc_type": (page.type.label_vi,) if page.type else (),
        "field": (page.field.name,) if page.field else (),
        "signer": (page.signer,) if page.signer else (),
        "validity": (state_of(page, clock.today()).label,),
        "year": (str(page.issued_on.year),) if page.issued_on else (),
    }
    label = page.type.label_vi if page.type else ""
    return SearchEntry(
        kind="official_document",
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        number=page.number_text or None,
        summary=page.abstract,
        body=capped(files.words, label, page.issuer.name, page.signer, files.titles),
        date=page.issued_on,
        facets={name: values for name, values in facets.items() if values},
        meta={"kind_label": label, "line": _line(page, _sheets(files.pages))},
        weight=WEIGHTS[page.issuer.level],
        pages=files.pages,
        unsure=files.unsure,
    )


def _sheets(pages: tuple[PageText, ...]) -> int:
    """How many of them are pages of a PDF; other files have parts that nobody counts."""
    return sum("#page=" in page.url for page in pages)


def _line(page: OfficialDocumentPage, pages: int) -> str:
    parts = [page.issuer.name]
    if page.issued_on:
        parts.append(date_format(page.issued_on, "DATE_FORMAT"))
    if pages:
        parts.append(ngettext("%(count)d page", "%(count)d pages", pages) % {"count": pages})
    return " · ".join(parts)


def _code_changed(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """Written before and after the save, which has no transaction of its own."""
    if instance.pk:
        with transaction.atomic():
            outbox.add(f"code_{CODE_LISTS[sender]}", instance.pk)


def _documents_with(kind: str, key: str) -> list[tuple[str, str]]:
    found = OfficialDocumentPage.objects.filter(**{f"{kind}_id": key})
    return [("official_document", str(pk)) for pk in found.values_list("pk", flat=True)]


def states_by_the_calendar() -> int:
    """Documents that came into force or ended these days stand under another state now."""
    today = clock.today()
    days = (today - CHANGED_WITHIN, today)
    begun = Q(effective_on__range=days) | Q(effective_on=None, issued_on__range=days)
    rows = OfficialDocumentPage.objects.live().filter(begun | Q(expires_on__range=days))
    keys = [("official_document", str(pk)) for pk in rows.values_list("pk", flat=True)]
    with transaction.atomic():
        outbox.add_many(keys)
    return len(keys)


def register() -> None:
    """Called once from the app's `ready()`."""
    kinds: tuple[tuple[str, Any, Any, Any], ...] = (
        ("official_document", _("Official documents"), OfficialDocumentPage, official_document),
        ("article", _("News"), ArticlePage, article),
        ("notice", _("Notices"), NoticePage, notice),
    )
    for kind, label, model, build in kinds:
        register_searchable(
            kind, label=label, load_many=load_pages(model, build), keys=page_keys(model)
        )
    for code_list, name in CODE_LISTS.items():
        register_expander(f"code_{name}", partial(_documents_with, name))
        for signal in (pre_save, post_save):
            signal.connect(_code_changed, sender=code_list, dispatch_uid=f"search-{name}")
    register_schedule("document_states", states_by_the_calendar, every=timedelta(days=1))
