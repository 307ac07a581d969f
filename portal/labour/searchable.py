"""How campaigns become findable."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.home.searchable import capped, load_pages, page_keys, stream_text
from portal.labour import campaigns
from portal.labour.pages import CampaignPage
from search.contract import SearchEntry
from search.registry import register_searchable


def campaign(page: CampaignPage) -> SearchEntry:
    """A campaign with its plan's number, its days, its units and its text.

    The state changes by the calendar and is left out: the index would not notice.
    """
    plan = page.plan if page.plan and page.plan.live else None
    units = ", ".join(row.name for row in campaigns.table_of(page).rows)
    days = f"{page.starts_on:%d/%m/%Y} - {page.ends_on:%d/%m/%Y}"
    number = plan.number_text if plan else ""
    return SearchEntry(
        kind=CampaignPage.search_kind,
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        summary=page.lead,
        body=capped(stream_text(page.body), number, units, page.result),
        date=page.starts_on,
        facets={"year": (str(page.starts_on.year),)},
        meta={"line": " · ".join(part for part in (number, days) if part)},
    )


def register() -> None:
    """Called once from the app's `ready()`."""
    register_searchable(
        CampaignPage.search_kind,
        label=_("Campaigns"),
        load_many=load_pages(CampaignPage, campaign),
        keys=page_keys(CampaignPage),
    )
