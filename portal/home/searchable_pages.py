"""How units of the organisation, leaders, guides and weeks of the schedule become entries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.home.guides import GuidePage
from portal.home.leaders import LeaderPage
from portal.home.organisation import OrganisationUnitPage
from portal.home.schedule import ScheduleWeekPage
from portal.home.searchable import capped, load_pages, page_keys, stream_text
from search.contract import SearchEntry
from search.registry import register_searchable


def _entry(page: Any, summary: str, *words: str, line: str = "") -> SearchEntry:
    return SearchEntry(
        kind=page.search_kind,
        key=str(page.pk),
        version=0,
        title=page.title,
        url=page.url,
        summary=summary,
        body=capped(*words),
        date=page.updated_on.date() if page.updated_on else None,
        meta={"line": line or getattr(page, "owner_name", "")},
    )


def unit(page: OrganisationUnitPage) -> SearchEntry:
    """A unit with its functions, and the people to turn to; found as "số điện thoại sở …" too."""
    people = [f"{person.name}, {person.post}" for person in page.contacts.all()]
    number = _("Telephone number: %(number)s") % {"number": page.telephone}
    words = (stream_text(page.functions), page.address, page.telephone and number, *people)
    return _entry(page, page.summary, *words, line=page.telephone)


def leader(page: LeaderPage) -> SearchEntry:
    """A leader by name, post and field in charge; who looks for a post means who holds it."""
    entry = _entry(page, page.in_charge_of, stream_text(page.biography), line=page.body_name)
    return replace(entry, title=f"{page.title} – {page.post}" if page.post else page.title)


def guide(page: GuidePage) -> SearchEntry:
    """A guide with all its steps."""
    return _entry(page, page.lead, stream_text(page.steps), stream_text(page.body))


def week(page: ScheduleWeekPage) -> SearchEntry:
    """A week with its entries."""
    entries = [
        " · ".join(
            part for part in (each.content, each.chair, each.place, each.participants) if part
        )
        for each in page.entries.all()
    ]
    return _entry(page, page.note, *entries)


def register() -> None:
    """Called once from the app's `ready()`."""
    kinds: tuple[tuple[str, Any, Any, Any], ...] = (
        ("unit", _("Agencies and units"), OrganisationUnitPage, unit),
        ("leader", _("Leaders"), LeaderPage, leader),
        ("guide", _("Guides"), GuidePage, guide),
        ("schedule", _("Work schedule"), ScheduleWeekPage, week),
    )
    for kind, label, model, build in kinds:
        register_searchable(
            kind, label=label, load_many=load_pages(model, build), keys=page_keys(model)
        )
