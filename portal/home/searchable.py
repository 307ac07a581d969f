"""How pages become search entries; the rooms above build theirs with these helpers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.home.component_pages import ComponentHomePage
from portal.home.form_pages import FormPage
from portal.home.pages import HomePage, StandardPage
from search.contract import PageText, SearchEntry
from search.files import READABLE, ReadText, TextState, text_of
from search.registry import register_searchable

P = TypeVar("P", bound=Page)
BODY_CHARS = 400_000
UNIT_FACET = "unit"
STEP = Page.steplen  # the portal's home stands two steps below the root, a unit's four


def public(model: type[P]) -> QuerySet[P]:
    """Pages anybody may read: live, and behind no view restriction."""
    pages: QuerySet[P] = model.objects.live().public()
    return pages


def with_unit(entries: dict[str, SearchEntry], pages: Sequence[Page]) -> dict[str, SearchEntry]:
    """Each entry says in whose site it stands: a unit's, or the portal's own."""
    paths = {str(page.pk): page.path for page in pages}
    tops = {*(path[: 2 * STEP] for path in paths.values())}
    tops |= {path[: 4 * STEP] for path in paths.values()}
    homes = dict(HomePage.objects.filter(path__in=tops).values_list("path", "title"))
    units = ComponentHomePage.objects.filter(path__in=tops).values_list("path", "title")
    names = homes | dict(units)
    found = {}
    for key, entry in entries.items():
        path = paths[key]
        name = names.get(path[: 4 * STEP]) or names.get(path[: 2 * STEP])
        unit = {UNIT_FACET: (name,)} if name else {}
        found[key] = replace(entry, facets={**entry.facets, **unit})
    return found


def load_pages(
    model: type[P], build: Callable[[P], SearchEntry]
) -> Callable[[Sequence[str]], Mapping[str, SearchEntry]]:
    """`load_many` of a page type."""

    def load(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
        pages = list(public(model).filter(pk__in=keys))
        return with_unit({str(page.pk): build(page) for page in pages}, pages)

    return load


def page_keys(model: type[Page]) -> Callable[[], Iterator[str]]:
    """`keys` of a page type."""

    def keys() -> Iterator[str]:
        for key in public(model).values_list("pk", flat=True).iterator():
            yield str(key)

    return keys


def stream_text(body: Any) -> str:
    """The words of a StreamField, block by block."""
    content: list[str] = body.stream_block.get_searchable_content(body) if body else []
    return " \n".join(str(part) for part in content)


def file_text(document: Any) -> ReadText | None:
    """The text of an attached file that anybody may open; `None` for kinds that are not read."""
    kind = document.file_extension.lower()
    if kind not in READABLE or is_private(document):
        return None
    name = document.file.name
    try:
        opened = partial(document.file.storage.open, name)
        return text_of(document.known_digest(), opened, kind)
    except OSError:
        return ReadText(TextState.FAILED)


def is_private(document: Any) -> bool:
    """Whether the file lies in a collection with a view restriction."""
    return bool(document.collection.get_view_restrictions())


def page_texts(document: Any, text: ReadText) -> tuple[PageText, ...]:
    """The pages of a PDF with the address that opens each; parts of other files open the file."""
    paged = document.file_extension.lower() == "pdf"
    return tuple(
        PageText(
            number,
            content,
            f"{document.url}#page={number}" if paged else document.url,
            recognised=number in text.confidence,
        )
        for number, content in enumerate(text.pages, start=1)
        if content.strip()
    )


def sure_and_unsure(text: ReadText) -> tuple[list[str], list[str]]:
    """The pages as they count in full, and those that were recognised with little confidence."""
    least = settings.SEARCH_OCR_CONFIDENCE
    unsure = {number for number, sure in text.confidence.items() if sure < least}
    pages = list(enumerate(text.pages, start=1))
    return (
        [page for number, page in pages if number not in unsure],
        [page for number, page in pages if number in unsure],
    )


def capped(*parts: str) -> str:
    """The whole text of an object, as far as the index takes it."""
    return strip_tags("\n".join(part for part in parts if part))[:BODY_CHARS]


def _information(page: StandardPage | FormPage) -> SearchEntry:
    lead = page.lead if isinstance(page, FormPage) else ""
    return SearchEntry(
        kind="page",
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        body=capped(lead, stream_text(page.body)),
        date=page.updated_on.date() if page.updated_on else None,
        meta={"line": page.owner_name},
    )


def _front_page(page: ComponentHomePage) -> SearchEntry:
    """A unit's site is found by its name and by what its front page says."""
    return SearchEntry(
        kind="page",
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        body=capped(page.introduction, stream_text(page.body), page.address),
        date=page.updated_on.date() if page.updated_on else None,
        meta={"line": page.agency},
    )


def _load(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
    """Plain pages and pages with a form are one kind in the eyes of who searches."""
    plain = load_pages(StandardPage, _information)(keys)
    forms = load_pages(FormPage, _information)(keys)
    return {**plain, **forms, **load_pages(ComponentHomePage, _front_page)(keys)}


def _keys() -> Iterator[str]:
    yield from page_keys(StandardPage)()
    yield from page_keys(FormPage)()
    yield from page_keys(ComponentHomePage)()


def register() -> None:
    """Called once from the app's `ready()`."""
    register_searchable("page", label=_("Information pages"), load_many=_load, keys=_keys)
