"""What search is told of lists and households."""

from __future__ import annotations

import pytest

from portal.registration import services
from portal.registration.models import Classification, PublishedList, PublishedListIndexPage
from portal.registration.searchable import (
    all_objects,
    entry_keys,
    list_keys,
    load_entries,
    load_lists,
)
from search.models import OutboxRow
from search.queryplan import whole_text

pytestmark = pytest.mark.usefixtures("index_page")


def test_a_household_is_masked_and_leads_to_its_village(published: PublishedList) -> None:
    key = str(published.entries.get(head_name="Nguyễn Văn An").pk)
    entry = load_entries([key])[key]
    assert entry.title == "Nguyễn Văn An"
    assert entry.url == "/danh-sach/ho-ngheo-2026/?xa=02545&thon=thon-bong"
    assert entry.summary == "Thôn Bòng, xã Tân Trào"
    assert entry.meta == {"line": f"{Classification.POOR.label} · {published.title}"}
    assert entry.facets == {"commune": ("02545",), "list_class": ("hộ nghèo",)}
    assert (entry.visible_from, entry.visible_until) == (
        published.visible_from,
        published.visible_until,
    )


def test_people_are_not_listed_by_their_class(published: PublishedList) -> None:
    """Attack: a query for a class and a commune drains a list."""
    key = str(published.entries.get(head_name="Nguyễn Văn An").pk)
    entry = load_entries([key])[key]
    assert str(Classification.POOR.label) not in whole_text(entry)


def test_no_address_of_a_household_names_the_person(published: PublishedList) -> None:
    """Attack: names in addresses end up in logs of servers on the way."""
    found = load_entries([str(pk) for pk in published.entries.values_list("pk", flat=True)])
    assert len(found) == 3
    assert not any("nguyen" in entry.url.lower() for entry in found.values())


def test_a_list_is_found_without_naming_anybody(published: PublishedList) -> None:
    entry = load_lists([str(published.pk)])[str(published.pk)]
    assert entry.title == "Hộ nghèo năm 2026"
    assert entry.url == "/danh-sach/ho-ngheo-2026/"
    assert "Nguyễn" not in f"{entry.summary}{entry.body}{entry.meta}"


def test_drafts_are_not_findable(draft: PublishedList) -> None:
    assert list(list_keys()) == []
    assert list(entry_keys()) == []
    assert load_lists([str(draft.pk)]) == {}
    assert load_entries([str(pk) for pk in draft.entries.values_list("pk", flat=True)]) == {}


def test_withdrawn_households_leave_the_index(published: PublishedList) -> None:
    keys = [str(pk) for pk in published.entries.values_list("pk", flat=True)]
    services.withdraw_list(published, None, "hết hạn")
    assert load_entries(keys) == {}
    assert load_lists([str(published.pk)]) == {}
    assert list(entry_keys()) == []


def test_a_list_for_search_only_leads_to_its_page(published: PublishedList) -> None:
    PublishedList.objects.update(search_only=True)
    key = next(entry_keys())
    assert load_entries([key])[key].url == "/danh-sach/ho-ngheo-2026/"


def test_without_its_page_nothing_is_findable(
    published: PublishedList, index_page: PublishedListIndexPage
) -> None:
    keys = list(entry_keys())
    index_page.unpublish()
    assert list(entry_keys()) == []
    assert load_entries(keys) == {}


def test_a_change_of_the_page_has_all_looked_at_again(
    published: PublishedList, index_page: PublishedListIndexPage
) -> None:
    OutboxRow.objects.all().delete()
    index_page.unpublish()
    queued = OutboxRow.objects.get(waiting=True, kind="published_list_index")
    assert queued.key == str(index_page.pk)
    index_page.live = True
    index_page.save()
    assert len(list(all_objects(queued.key))) == 4
