"""How drafts for comment become findable, with the words of their files."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.dialogue.drafts import DraftPage
from portal.home.searchable import capped, load_pages, page_keys, stream_text
from portal.news.searchable import words_of_files
from search.contract import SearchEntry
from search.registry import register_searchable


def entry(page: DraftPage) -> SearchEntry:
    """The state changes by the calendar and is left out: the index would not notice."""
    files = words_of_files(page.files.select_related("document__collection"))
    days = " - ".join(date_format(day, "DATE_FORMAT") for day in (page.opens_on, page.closes_on))
    return SearchEntry(
        kind=DraftPage.search_kind,
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        summary=page.lead,
        body=capped(stream_text(page.body), stream_text(page.outcome), files.words, files.titles),
        date=page.opens_on,
        facets={"year": (str(page.opens_on.year),)},
        meta={"line": f"{page.agency} · {days}"},
        pages=files.pages,
        unsure=files.unsure,
    )


def register() -> None:
    """Called once from the app's `ready()`."""
    register_searchable(
        DraftPage.search_kind,
        label=_("Drafts for comment"),
        load_many=load_pages(DraftPage, entry),
        keys=page_keys(DraftPage),
    )
