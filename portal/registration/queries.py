"""What pages, search and the back office read of published lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Q, QuerySet

from portal.areas.models import Unit
from portal.registration.models import ListEntry, PublishedList
from portal.registration.window import last_day

COMMUNE = "xa"
VILLAGE = "thon"
PAGE = "trang"
PER_PAGE = 50
State = PublishedList.State


@dataclass(frozen=True, slots=True)
class ListCard:
    """A list as a page shows it; `until_day` is the last day, included."""

    title: str
    slug: str
    url: str
    unit: Unit | None
    visible_from: datetime
    visible_until: datetime
    until_day: date
    total_poor: int
    total_near_poor: int
    search_only: bool
    demo_note: str
    running: bool


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune of a list with its totals and the address of its villages."""

    code: str
    name: str
    poor: int
    near_poor: int
    url: str
    selected: bool


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village of the chosen commune; its households stand behind `url`."""

    key: str
    name: str
    count: int
    url: str
    selected: bool


def card(item: PublishedList, base: str, now: datetime) -> ListCard:
    """The list as seen from the index page at `base`."""
    if item.visible_from is None or item.visible_until is None:
        raise ValueError("a list without a window was never shown")
    return ListCard(
        title=item.title,
        slug=item.slug,
        url=f"{base}{item.slug}/",
        unit=item.unit,
        visible_from=item.visible_from,
        visible_until=item.visible_until,
        until_day=last_day(item.visible_until),
        total_poor=item.total_poor,
        total_near_poor=item.total_near_poor,
        search_only=item.search_only,
        demo_note=item.demo_note,
        running=item.runs_at(now),
    )


def public_lists(now: datetime) -> QuerySet[PublishedList]:
    """Every list that was ever shown: running, past, withdrawn; nothing that waits."""
    shown = PublishedList.objects.filter(visible_from__lte=now, visible_until__isnull=False)
    return shown.exclude(state=State.DRAFT).select_related("unit").order_by("-visible_from", "-pk")


def running_lists(now: datetime) -> QuerySet[PublishedList]:
    """Lists whose names may be read now, the first to end first."""
    rows = public_lists(now).filter(state=State.PUBLISHED, visible_until__gt=now)
    return rows.order_by("visible_until", "-pk")


def past_lists(now: datetime) -> QuerySet[PublishedList]:
    """Lists of which only totals remain."""
    return public_lists(now).exclude(state=State.PUBLISHED, visible_until__gt=now)


def next_edge(moment: datetime) -> datetime | None:
    """The next moment at which a list appears or ends by the clock alone."""
    later = {
        edge: Min(edge, filter=Q(**{f"{edge}__gt": moment}))
        for edge in ("visible_from", "visible_until")
    }
    edges = PublishedList.objects.filter(state=State.PUBLISHED).aggregate(**later).values()
    return min((edge for edge in edges if edge is not None), default=None)


def commune_rows(item: PublishedList, url: str, selected: str) -> list[CommuneRow]:
    """Totals by commune, from what is kept after the names are gone."""
    return [
        CommuneRow(
            code=row["code"],
            name=row["name"],
            poor=row["poor"],
            near_poor=row["near_poor"],
            url=f"{url}?{urlencode({COMMUNE: row['code']})}",
            selected=row["code"] == selected,
        )
        for row in item.totals
    ]


def village_rows(item: PublishedList, url: str, commune: str, selected: str) -> list[VillageRow]:
    """Villages of one commune of the list."""
    rows = (
        item.entries.filter(commune__code=commune)
        .order_by()
        .values("village_key")
        .annotate(count=Count("pk"), name=Max("village_text"))
    )
    return [
        VillageRow(
            key=row["village_key"],
            name=row["name"],
            count=row["count"],
            url=village_url(url, commune, row["village_key"]),
            selected=row["village_key"] == selected,
        )
        for row in sorted(rows, key=lambda row: _numbers_apart(row["village_key"]))
    ]


def village_url(url: str, commune: str, village: str) -> str:
    """The address of one village of a list."""
    return f"{url}?{urlencode({COMMUNE: commune, VILLAGE: village})}"


def _numbers_apart(key: str) -> list[tuple[int, str]]:
    """Thôn 2 before Thôn 10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", key)]


def entries_of(item: PublishedList, commune: str, village: str) -> QuerySet[ListEntry]:
    """The households of one village, by given name."""
    rows = item.entries.filter(commune__code=commune, village_key=village)
    return rows.select_related("commune").order_by("sort_key", "position")


def running_entries(keys: Sequence[str] | None = None) -> QuerySet[ListEntry]:
    """Entries of published lists; their window is obeyed by whoever shows them."""
    rows = ListEntry.objects.filter(published_list__state=State.PUBLISHED)
    if keys is not None:
        rows = rows.filter(pk__in=[key for key in keys if key.isdecimal()])
    return rows.select_related("published_list", "commune")
