"""How review rounds become findable: they lead to the page where a household declares itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.home.models import FormPage
from portal.home.searchable import public
from portal.registration.declarations import FORM
from portal.registration.models import ReviewRound
from portal.registration.rounds import ROUND
from search import outbox
from search.contract import SearchEntry
from search.registry import register_searchable


def register() -> None:
    """Called once from the app's `ready()`; the form's page carries the address of all rounds."""
    register_searchable(ROUND, label=gettext_lazy("Review rounds"), load_many=load, keys=keys)
    for signal in (post_save, post_delete):
        signal.connect(_all_again, sender=FormPage, dispatch_uid=f"rounds-{signal}")


def load(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
    """Nothing while no page with the form is public."""
    page = _page()
    if page is None:
        return {}
    rows = ReviewRound.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {str(row.pk): _entry(row, page.url) for row in rows}


def keys() -> Iterator[str]:
    """Every round, also one that is over: people look for last year's."""
    if _page() is not None:
        rows = ReviewRound.objects.order_by("pk").values_list("pk", flat=True)
        yield from (str(pk) for pk in rows.iterator())


def _page() -> FormPage | None:
    found: FormPage | None = public(FormPage).filter(form=FORM).order_by("path").first()
    return found


def _entry(row: ReviewRound, url: str) -> SearchEntry:
    """Title and days; whether it is open changes by the calendar, which the index would not see."""
    days = f"{row.opens_on:%d/%m/%Y} - {row.closes_on:%d/%m/%Y}"
    return SearchEntry(
        kind=ROUND,
        key=str(row.pk),
        version=0,
        title=row.title,
        url=url,
        summary=_("Poor and near-poor review"),
        body=days,
        date=row.opens_on,
        facets={"year": (str(row.opens_on.year),)},
        meta={"line": days},
    )


def _all_again(instance: FormPage, **_signal: Any) -> None:
    if instance.form == FORM:
        rows = ReviewRound.objects.values_list("pk", flat=True)
        with transaction.atomic():
            outbox.add_many([(ROUND, str(pk)) for pk in rows])
