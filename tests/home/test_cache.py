"""Whole public pages in the cache: what is kept, for whom, until when."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.templatetags.static import static
from django.test import Client

from portal.areas.models import User
from portal.home import cache
from portal.home.visits import counter
from portal.jobs import clock
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=clock.ZONE)


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A room whose pages change two minutes after noon."""
    at = NOON + timedelta(minutes=2)
    monkeypatch.setattr(cache, "_edges", [])
    cache.register_edges(lambda moment: at)
    return at


def test_the_second_reader_gets_the_kept_page(portal: Portal, client: Client) -> None:
    first = client.get("/tin-tuc/")
    second = Client().get("/tin-tuc/")
    assert (first["X-Cache"], second["X-Cache"]) == ("miss", "hit")
    assert first.content == second.content
    assert second["Content-Language"] == "vi"


def test_a_kept_page_costs_one_query(
    portal: Portal, client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/tin-tuc/")
    with django_assert_num_queries(1):
        client.get("/tin-tuc/")


@pytest.mark.parametrize("visit", ["miss", "hit"])
def test_whoever_takes_it_packed_gets_it_packed(portal: Portal, client: Client, visit: str) -> None:
    plain = client.get("/tin-tuc/").content
    cache.bump() if visit == "miss" else None
    packed = client.get("/tin-tuc/", headers={"accept-encoding": "br, gzip"})
    assert (packed["X-Cache"], packed["Content-Encoding"]) == (visit, "gzip")
    assert gzip.decompress(packed.content) == plain
    assert int(packed["Content-Length"]) == len(packed.content)
    assert len(packed.content) < len(plain) / 2
    refused = client.get("/tin-tuc/", headers={"accept-encoding": "gzip;q=0, br"})
    assert "Content-Encoding" not in refused


def test_a_reader_who_has_the_page_gets_a_word_instead(portal: Portal, client: Client) -> None:
    first = client.get("/tin-tuc/")
    browser = {"if-none-match": first["ETag"], "user-agent": "Mozilla/5.0"}
    again = client.get("/tin-tuc/", headers=browser)
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "no-cache"
    assert counter.flush() == 1


def test_a_reader_who_has_an_old_page_gets_the_new_one(portal: Portal, client: Client) -> None:
    first = client.get("/tin-tuc/")
    portal.article("Tin mới")
    again = client.get("/tin-tuc/", headers={"if-none-match": first["ETag"]})
    assert "Tin mới" in again.content.decode()


@pytest.mark.once
def test_style_sheets_are_packed_as_they_lie(db: None, client: Client) -> None:
    answer = client.get(static("portal/css/portal.css"), headers={"accept-encoding": "gzip"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer["Content-Encoding"] == "gzip"
    assert b"--" in gzip.decompress(body)


def test_publishing_ends_all_kept_pages(portal: Portal, client: Client) -> None:
    client.get("/tin-tuc/")
    portal.article("Tin mới")
    response = client.get("/tin-tuc/")
    assert response["X-Cache"] == "miss"
    assert "Tin mới" in response.content.decode()


def test_unpublishing_shows_at_once(portal: Portal, client: Client) -> None:
    article = portal.article("Tin rút lại")
    client.get("/tin-tuc/")
    article.unpublish()
    assert "Tin rút lại" not in client.get("/tin-tuc/").content.decode()


def test_deleting_shows_at_once(portal: Portal, client: Client) -> None:
    article = portal.article("Tin xóa")
    client.get("/tin-tuc/")
    article.delete()
    assert "Tin xóa" not in client.get("/tin-tuc/").content.decode()


def test_moving_ends_kept_pages(portal: Portal, client: Client) -> None:
    client.get("/gioi-thieu/")
    before = cache.version()
    portal.about.move(portal.notices, pos="last-child")
    assert cache.version() > before
    assert client.get("/gioi-thieu/")["Location"] == "/thong-bao/gioi-thieu/"


def test_saving_a_draft_leaves_kept_pages_alone(portal: Portal) -> None:
    before = cache.version()
    portal.about.title = "Bản nháp"
    portal.about.save_revision()
    assert cache.version() == before


def test_a_rolled_back_change_leaves_the_version(portal: Portal) -> None:
    before = cache.version()
    with transaction.atomic():
        portal.article("Không thành")
        transaction.set_rollback(True)
    assert cache.version() == before


def test_the_readers_display_is_part_of_the_key(portal: Portal, client: Client) -> None:
    client.get("/tin-tuc/")
    large = Client()
    large.cookies["hien-thi"] = "lon.cao"
    response = large.get("/tin-tuc/")
    assert response["X-Cache"] == "miss"
    assert "lon" in response.content.decode()
    assert large.get("/tin-tuc/")["X-Cache"] == "hit"


def test_an_invented_cookie_makes_no_further_entry(portal: Portal, client: Client) -> None:
    """Attack: filling the cache with a new value of the display cookie each time."""
    client.get("/tin-tuc/")
    client.cookies["hien-thi"] = "x" * 500
    assert client.get("/tin-tuc/")["X-Cache"] == "hit"


def test_other_hosts_have_their_own_pages(portal: Portal, client: Client) -> None:
    """Attack: a request with another Host header must not poison everybody's page."""
    client.get("/tin-tuc/", headers={"host": "127.0.0.1"})
    assert client.get("/tin-tuc/")["X-Cache"] == "miss"


def test_officers_never_get_or_leave_a_kept_page(portal: Portal, client: Client) -> None:
    """Attack: what an officer sees must not reach the public through the cache."""
    user = User.objects.create_user("bientap", password="Demo-2026")
    officer = Client()
    officer.force_login(user)
    assert "X-Cache" not in officer.get("/tin-tuc/")
    assert client.get("/tin-tuc/")["X-Cache"] == "miss"


@pytest.mark.parametrize(
    "path", ["/van-ban/?q=nguyen+van+an", "/khong-co/", "/tin-tuc/?la=1", "/suc-khoe/live"]
)
def test_what_is_never_kept(portal: Portal, client: Client, path: str) -> None:
    client.get(path)
    assert "X-Cache" not in client.get(path)


def test_a_page_lives_until_the_next_edge(portal: Portal, edge: datetime) -> None:
    with clock.frozen(NOON):
        assert cache.seconds_left(NOON) == 120


def test_a_page_lives_five_minutes_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_edges", [])
    with clock.frozen(NOON):
        assert cache.seconds_left(NOON) == 300


def test_midnight_is_an_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_edges", [])
    late = datetime(2026, 11, 24, 23, 59, tzinfo=clock.ZONE)
    with clock.frozen(late):
        assert cache.seconds_left(late) == 60


def test_a_page_built_across_an_edge_is_not_kept(
    portal: Portal, client: Client, edge: datetime
) -> None:
    with clock.frozen(edge):
        assert cache.seconds_left(edge - timedelta(seconds=1)) == 0
