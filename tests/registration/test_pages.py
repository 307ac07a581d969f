"""What a resident sees at `/danh-sach/`, and when it is gone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.home import cache
from portal.jobs import clock, visitors
from portal.registration import queries, services, window
from portal.registration.models import PublishedList
from tests.registration.conftest import MONDAY, Units, row

LIST = "/danh-sach/ho-ngheo-2026/"
VILLAGE = f"{LIST}?xa=02545&thon=thon-bong"
ENDS = MONDAY.replace(hour=0) + timedelta(days=4)

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("index_page")]


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_index_names_running_and_past_lists(client: Client, published: PublishedList) -> None:
    response = client.get("/danh-sach/")
    (card,) = response.context["running"]
    assert (card.title, card.url, card.until_day) == (
        "Hộ nghèo năm 2026",
        LIST,
        date(2026, 11, 26),
    )
    assert (card.total_poor, card.total_near_poor) == (2, 1)
    assert "Hộ nghèo năm 2026" in response.content.decode()
    with clock.frozen(ENDS):
        after = client.get("/danh-sach/?luc=sau")
    assert list(after.context["running"]) == []
    assert [card.url for card in after.context["past"]] == [LIST]


def test_a_kept_index_lives_until_the_next_window_ends(published: PublishedList) -> None:
    with clock.frozen(ENDS - timedelta(seconds=40)) as moment:
        assert cache.seconds_left(moment) == 40


def test_a_kept_index_lives_until_the_next_window_begins(draft: PublishedList) -> None:
    services.publish_list(draft, date(2026, 11, 24), date(2026, 11, 26), None)
    with clock.frozen(MONDAY):
        assert queries.next_edge(MONDAY) == window.start_of(date(2026, 11, 24))


def test_a_list_opens_with_totals_and_no_names(client: Client, published: PublishedList) -> None:
    page = text(client, LIST)
    assert "xã Tân Trào" in page
    assert "26/11/2026" in page
    assert "Nguyễn Văn" not in page


def test_one_village_at_a_time_by_given_name(client: Client, published: PublishedList) -> None:
    page = text(client, VILLAGE)
    assert page.index("Nguyễn Văn An") < page.index("Nguyễn Văn Ân")
    assert "Ma Thị Đức" not in page


def test_villages_carry_their_counts_and_addresses(
    client: Client, published: PublishedList
) -> None:
    villages = client.get(VILLAGE).context["villages"]
    assert [(village.name, village.count, village.selected) for village in villages] == [
        ("Thôn Bòng", 2, True),
        ("Thôn Tân Lập", 1, False),
    ]
    assert villages[0].url == VILLAGE


def test_villages_with_numbers_stand_in_their_order(
    client: Client, draft: PublishedList, units: Units
) -> None:
    rows = [row("Lý A", f"Thôn {number}", units.tan_trao) for number in (10, 2, 1)]
    services.import_rows(draft, rows, None)
    services.publish_list(draft, MONDAY.date(), MONDAY.date(), None)
    villages = client.get(f"{LIST}?xa=02545").context["villages"]
    assert [village.name for village in villages] == ["Thôn 1", "Thôn 2", "Thôn 10"]


@pytest.mark.parametrize("address", [LIST, VILLAGE])
def test_pages_of_a_running_list_are_kept_by_nobody(
    client: Client, published: PublishedList, address: str
) -> None:
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "X-Cache" not in response


def test_when_the_window_ends_names_go_at_once_before_any_schedule_ran(
    client: Client, published: PublishedList
) -> None:
    with clock.frozen(ENDS - timedelta(seconds=1)):
        assert "Nguyễn Văn An" in text(client, VILLAGE)
    with clock.frozen(ENDS):
        page = text(client, VILLAGE)
    assert published.entries.exists()
    assert "Nguyễn Văn" not in page
    assert "xã Tân Trào" in page


def test_a_withdrawn_list_keeps_its_totals(client: Client, published: PublishedList) -> None:
    with clock.frozen(MONDAY + timedelta(hours=1)):
        services.withdraw_list(published, None, "khiếu nại")
        response = client.get(LIST)
    assert response.context["list"].total_poor == 2
    assert not response.context["list"].running
    assert "xã Tân Trào" in response.content.decode()


def test_a_draft_is_not_found_by_its_guessed_address(client: Client, draft: PublishedList) -> None:
    """Attack: the address of next week's list is guessed from last year's."""
    assert client.get(LIST).status_code == 404


def test_a_list_that_begins_later_is_not_there_yet(client: Client, draft: PublishedList) -> None:
    """Attack: a list published ahead of its window is read before the first day."""
    services.publish_list(draft, date(2026, 11, 24), date(2026, 11, 26), None)
    assert client.get(LIST).status_code == 404
    assert not client.get("/danh-sach/").context["running"]
    with clock.frozen(MONDAY + timedelta(days=1)):
        assert client.get(LIST).status_code == 200


def test_a_list_for_search_only_is_not_browsed(client: Client, published: PublishedList) -> None:
    """Attack: the villages of a list that is to be searched only are opened by address."""
    PublishedList.objects.update(search_only=True)
    page = text(client, VILLAGE)
    assert "Nguyễn Văn" not in page
    assert "xã Tân Trào" in page


@pytest.mark.parametrize(
    "query",
    [
        "?xa=02545&thon=khong-co",
        "?xa=99999",
        "?xa=%00&thon=%00",
        "?trang=9999&xa=02545&thon=thon-bong",
        "?xa=02545&thon=thon-bong&trang=abc",
        "?xa=' OR 1=1 --",
        "?thon=thon-bong&xa=02473",
    ],
)
def test_wild_parameters_are_no_error(client: Client, published: PublishedList, query: str) -> None:
    """Attack: parameters made up by hand must neither break the page nor widen it."""
    assert client.get(f"{LIST}{query}").status_code == 200


def test_a_script_in_a_village_name_is_text(
    client: Client, draft: PublishedList, units: Units
) -> None:
    """Attack: a list brings markup in a cell; it must reach nobody's browser as markup."""
    evil = "Thôn <script>alert(1)</script>"
    services.import_rows(draft, [row("Lý A", evil, units.tan_trao)], None)
    services.publish_list(draft, MONDAY.date(), MONDAY.date(), None)
    village = client.get(f"{LIST}?xa=02545").context["villages"][0]
    page = text(client, village.url)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("count", [1, 1000])
def test_a_page_costs_at_most_twelve_queries(
    client: Client, draft: PublishedList, units: Units, count: int
) -> None:
    rows = [row("Lý Văn A", f"Thôn {number % 20}", units.tan_trao) for number in range(count)]
    services.import_rows(draft, rows, None)
    services.publish_list(draft, MONDAY.date(), MONDAY.date(), None)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(f"{LIST}?xa=02545&thon=thon-0")
    assert len(response.context["entries"]) == min(count, 50)
    assert len(asked) <= 12


def test_the_index_costs_the_same_with_many_lists(client: Client, units: Units) -> None:
    PublishedList.objects.bulk_create(
        PublishedList(
            title=f"Danh sách {number}",
            slug=f"ds-{number}",
            unit=units.tan_trao,
            state="published",
            visible_from=MONDAY,
            visible_until=ENDS,
            created_at=MONDAY,
        )
        for number in range(30)
    )
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/danh-sach/?x=1")
    assert len(response.context["running"]) == 30
    assert len(asked) <= 12


def test_pages_are_cut_at_fifty(client: Client, draft: PublishedList, units: Units) -> None:
    rows = [row("Lý Văn A", "Thôn Bòng", units.tan_trao) for _number in range(60)]
    services.import_rows(draft, rows, None)
    services.publish_list(draft, MONDAY.date(), MONDAY.date(), None)
    assert "?xa=02545&amp;thon=thon-bong&amp;trang=2" in text(client, VILLAGE)
    second = client.get(f"{VILLAGE}&trang=2").context["entries"]
    assert (second.number, len(second)) == (2, 10)


def columns(page: str) -> tuple[str, str]:
    """The main column of a list's page and what stands beside it."""
    main, _beside, side = page.partition('<section class="panel">')
    return main.partition("</h1>")[2], side


def test_before_a_commune_is_chosen_the_totals_are_the_main_column(
    client: Client, units: Units
) -> None:
    rows = [row("Lý A", "Thôn Bòng", units.tan_trao), row("Lý B", "Thôn Bòng", units.yen_son)]
    made = services.create_list("Hộ nghèo năm 2026", "ho-ngheo-2026", None, None)
    made = services.import_rows(made, rows, None)
    services.publish_list(made, MONDAY.date(), MONDAY.date(), None)
    main, side = columns(text(client, LIST))
    assert '<table class="totals">' in main
    assert side == ""
    assert '<div class="two">' not in main


def test_beside_the_names_of_a_village_stand_the_totals(
    client: Client, published: PublishedList
) -> None:
    main, side = columns(text(client, VILLAGE))
    assert '<table class="names">' in main
    assert '<table class="totals">' not in main
    assert '<table class="totals">' in side


def test_villages_and_search_share_one_allowance(
    client: Client, published: PublishedList, settings: Any
) -> None:
    """Attack: what the search leaves out is read off the pages of the list instead."""
    settings.SEARCH_LIST_ENTRIES = 2
    visitors.admit("list_entry", "127.0.0.1", ["shown by a search"], 2)
    page = text(client, VILLAGE)
    assert "Nguyễn Văn An" in page
    assert "Nguyễn Văn Ân" not in page
    assert 'role="status"' in page
    assert "Nguyễn Văn An" in text(client, VILLAGE), "what was shown may be seen again"
    assert "Ma Thị Đức" not in text(client, VILLAGE.replace("thon-bong", "thon-tan-lap"))
    fresh = client.get(VILLAGE, REMOTE_ADDR="203.0.113.7").content.decode()
    assert "Nguyễn Văn Ân" in fresh
