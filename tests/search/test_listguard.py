"""Lists are no phone book: what one query and one address get, and what everybody still gets."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client

from portal.jobs import clock, visitors
from search import registry
from search.contract import LIST_ENTRY, Engine, Put, Reason, SearchEntry, State
from search.queries import Asked, answer, ask

pytestmark = pytest.mark.django_db
FAMILIES = ("Nguyễn", "Trần", "Lê", "Hoàng", "Ma", "Nông", "Triệu", "Đặng", "Bàn", "Lý")
MIDDLES = ("Văn", "Thị", "Đức", "Minh")
GIVEN = ("An", "Ân", "Bình", "Chung", "Dung", "Đạt", "Giang", "Hà", "Hoa", "Huệ", "Khánh", "Lan")
VILLAGES = 6


@pytest.fixture
def posted(engine: Engine) -> Engine:
    """2,880 households of one list, and an article that shares their words."""
    names = product(FAMILIES, MIDDLES, GIVEN, range(VILLAGES))
    households = (
        SearchEntry(
            LIST_ENTRY,
            str(number),
            1,
            f"{family} {middle} {given}",
            f"/danh-sach/{number}/",
            summary=f"Thôn {village}, xã Tân Trào",
            facets={"commune": ("02545",)},
        )
        for number, (family, middle, given, village) in enumerate(names)
    )
    article = SearchEntry("article", "1", 1, "Nguyễn Văn An làm kinh tế giỏi", "/tin/1/")
    engine.apply([Put(entry) for entry in [article, *households]])
    engine.refresh()
    return engine


@pytest.mark.usefixtures("posted")
def test_a_query_shows_twenty_households_and_no_second_page() -> None:
    """Attack: the whole list by paging through one common name."""
    first = ask("nguyen van", kinds=(LIST_ENTRY,))
    assert (len(first.hits), first.reason) == (20, Reason.LIST_LIMIT)
    assert ask("nguyen van", kinds=(LIST_ENTRY,), page=2).hits == ()
    assert ask("nguyen van", kinds=(LIST_ENTRY,), page=3).hits == ()


def test_what_stands_between_households_is_not_lost_by_paging(posted: Engine) -> None:
    news = [
        SearchEntry("article", f"n{n:02d}", 1, f"Tin {n}", f"/n{n}/", body="Nguyễn, ông Văn, bà An")
        for n in range(30)
    ]
    posted.apply([Put(entry) for entry in news])
    posted.refresh()
    pages = [ask("nguyen van an", page=page) for page in (1, 2, 3, 4)]
    kinds = [[hit.kind for hit in page.hits] for page in pages]
    assert LIST_ENTRY in kinds[0]
    assert LIST_ENTRY not in kinds[1] + kinds[2] + kinds[3]
    found = [hit.key for page in pages for hit in page.hits if hit.kind == "article"]
    assert sorted(found) == sorted(["1", *(entry.key for entry in news)])


@pytest.mark.usefixtures("posted")
def test_beyond_the_limit_everything_else_is_found(settings: Any, client: Client) -> None:
    settings.SEARCH_LIST_ENTRIES = 3
    first = client.get("/tim-kiem.json", {"q": "tran thi lan"}).json()
    assert (len(first["hits"]), first["reason"]) == (3, "list_limit")
    again = client.get("/tim-kiem.json", {"q": "tran thi lan"}).json()
    assert len(again["hits"]) == 3, "what was shown may be seen again"
    other = client.get("/tim-kiem.json", {"q": "nguyen van an"}).json()
    assert [hit["kind"] for hit in other["hits"]] == ["article"]
    assert (other["state"], other["reason"], other["total"]) == ("limited", "list_limit", 1)
    assert LIST_ENTRY not in {value["value"] for value in other["facets"]["kind"]}
    fresh = client.get("/tim-kiem.json", {"q": "nguyen van an"}, REMOTE_ADDR="203.0.113.77").json()
    assert LIST_ENTRY in {hit["kind"] for hit in fresh["hits"]}


@pytest.mark.once
def test_after_ten_minutes_an_address_may_look_again() -> None:
    at = clock.now()
    with clock.frozen(at):
        assert visitors.admit("x", "a", ["1", "2", "3"], 2) == {"1", "2"}
        assert visitors.admit("x", "a", ["3"], 2) == frozenset()
        assert visitors.admit("x", "b", ["3"], 2) == {"3"}
    with clock.frozen(at + timedelta(seconds=visitors.WINDOW_SECONDS + 1)):
        assert visitors.admit("x", "a", ["3"], 2) == {"3"}


@pytest.mark.once
def test_only_the_proxy_is_believed(settings: Any, rf: Any) -> None:
    """Attack: a new address in every request by a header of one's own."""
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.7")
    settings.BEHIND_PROXY = False
    assert visitors.client_address(request) == "192.0.2.1"
    settings.BEHIND_PROXY = True
    assert visitors.client_address(request) == "198.51.100.7"


@pytest.mark.usefixtures("posted")
def test_households_are_kept_nowhere_and_told_to_nobody(client: Client) -> None:
    response = client.get("/tim-kiem/", {"q": "nguyen van an"})
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    feed = client.get("/tim-kiem.rss", {"q": "nguyen van an"})
    assert "làm kinh tế giỏi" in feed.content.decode()
    assert feed.content.decode().count("<item>") == 1


@pytest.mark.usefixtures("posted")
def test_a_feed_of_households_is_a_feed_of_all_else(client: Client) -> None:
    """Attack: the kind of households is chosen, and the feed asked for."""
    assert LIST_ENTRY in registry.kinds()
    feed = client.get("/tim-kiem.rss", {"q": "nguyen van an", "loai": LIST_ENTRY})
    assert "/danh-sach/" not in feed.content.decode()


@pytest.mark.usefixtures("posted")
def test_an_ordinary_search_is_complete() -> None:
    result = answer(Asked("nong minh giang", address="198.51.100.8"))
    assert (result.state, result.total) == (State.COMPLETE, VILLAGES)
