"""How lists and their entries become findable: only while the list's window runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.jobs import clock
from portal.registration.models import ListEntry, PublishedList
from portal.registration.queries import State, running_entries, village_url
from search.contract import LIST_ENTRY, SearchEntry
from search.registry import register_expander, register_searchable

PUBLISHED_LIST = "published_list"
INDEX_PAGE_KIND = "published_list_index"


def register() -> None:
    """Called once from the app's `ready()`."""
    register_searchable(
        PUBLISHED_LIST,
        label=gettext_lazy("Published lists"),
        load_many=load_lists,
        keys=list_keys,
    )
    register_searchable(
        LIST_ENTRY,
        label=gettext_lazy("Households on lists"),
        load_many=load_entries,
        keys=entry_keys,
    )
    register_expander(INDEX_PAGE_KIND, all_objects)


def list_keys() -> Iterator[str]:
    """Lists that are shown or will be."""
    if _base() is None:
        return
    rows = PublishedList.objects.filter(state=State.PUBLISHED).order_by("pk")
    yield from (str(pk) for pk in rows.values_list("pk", flat=True).iterator())


def entry_keys() -> Iterator[str]:
    """Households of those lists."""
    if _base() is None:
        return
    rows = running_entries().order_by("pk").values_list("pk", flat=True)
    yield from (str(pk) for pk in rows.iterator())


def all_objects(_key: str) -> Iterator[tuple[str, str]]:
    """Everything whose address hangs on the index page."""
    yield from ((PUBLISHED_LIST, key) for key in list_keys())
    yield from ((LIST_ENTRY, key) for key in entry_keys())


def load_lists(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
    """Title, issuing unit and communes; no names."""
    base = _base()
    wanted = [key for key in keys if key.isdecimal()]
    rows = PublishedList.objects.filter(state=State.PUBLISHED, pk__in=wanted)
    if base is None:
        return {}
    return {str(row.pk): _list_entry(row, base) for row in rows.select_related("unit")}


def load_entries(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
    """Masked: head's full name, village, commune, class, nothing else.

    The class is shown and not searched: nobody lists people by it.
    """
    base = _base()
    if base is None:
        return {}
    return {str(row.pk): _household(row, base) for row in running_entries(keys)}


def _base() -> str | None:
    """Address of the index page; without one there is nothing to open."""
    from portal.registration.pages import PublishedListIndexPage

    page = PublishedListIndexPage.objects.live().order_by("path").first()
    return page.get_url() if page else None


def _list_entry(row: PublishedList, base: str) -> SearchEntry:
    names = ", ".join(str(cells["name"]) for cells in row.totals)
    codes = tuple(str(cells["code"]) for cells in row.totals)
    issuer = (str(row.unit),) if row.unit else ()
    return SearchEntry(
        kind=PUBLISHED_LIST,
        key=str(row.pk),
        version=0,
        title=row.title,
        url=f"{base}{row.slug}/",
        summary=_("%(poor)s poor and %(near_poor)s near-poor households")
        % {"poor": row.total_poor, "near_poor": row.total_near_poor},
        body=names,
        date=row.visible_from.astimezone(clock.ZONE).date() if row.visible_from else None,
        visible_from=row.visible_from,
        visible_until=row.visible_until,
        facets={"commune": codes} | ({"issuer": issuer} if issuer else {}),
        places=codes,
    )


def _household(row: ListEntry, base: str) -> SearchEntry:
    shown_on = row.published_list
    url = f"{base}{shown_on.slug}/"
    place = ", ".join((row.village_text, str(row.commune)))
    return SearchEntry(
        kind=LIST_ENTRY,
        key=str(row.pk),
        version=0,
        title=row.head_name,
        url=url if shown_on.search_only else village_url(url, row.commune.code, row.village_key),
        summary=place,
        visible_from=shown_on.visible_from,
        visible_until=shown_on.visible_until,
        facets={
            "commune": (row.commune.code,),
            "list_class": (row.get_classification_display(),),
        },
        places=(row.commune.code,),
        meta={"line": f"{row.get_classification_display()} · {shown_on.title}"},
    )
