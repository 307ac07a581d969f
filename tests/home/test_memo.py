"""What pages share in the process: taken while nothing changes, gone with any change."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from portal.home import cache, cards, memo
from portal.home.tree import tree_of
from portal.jobs import clock
from portal.news.models import NoticePage
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db
TOPS = '"wagtailcore_site"'


@pytest.fixture(autouse=True)
def _every_page_anew(settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0


def take(value: object, method: str = "get") -> object:
    """What a new request gets of a key, `value` where it is read anew."""
    request = getattr(RequestFactory(), method)("/")
    return memo.shared(request, "key", lambda: value)


def asked(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as spent:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in spent.captured_queries]


@pytest.mark.once
def test_the_next_reader_of_any_page_asks_for_no_frame(portal: Portal, client: Client) -> None:
    first = asked(client, "/gioi-thieu/")
    second = asked(client, "/thong-bao/")
    assert any(TOPS in statement for statement in first)
    assert not any(TOPS in statement for statement in second)
    assert len(second) < len(first)


def test_a_change_by_another_process_ends_what_is_kept(portal: Portal, client: Client) -> None:
    """The version is all that this process learns of it."""
    assert "Tin tức</a>" in client.get("/thong-bao/").content.decode()
    Page.objects.filter(pk=portal.news.pk).update(live=False)
    cache.bump()
    assert "Tin tức</a>" not in client.get("/thong-bao/").content.decode()


def test_menu_notice_and_neighbours_change_at_once(portal: Portal, client: Client) -> None:
    article, other = portal.article("Một"), portal.article("Hai")
    notice = NoticePage(title="Cúp nước", urgent=True, valid_from=clock.today())
    portal.notices.add_child(instance=notice)
    portal.about.show_in_menus = True
    portal.about.save_revision().publish()
    before = client.get(article.url).content.decode()
    assert [word in before for word in ("Cúp nước", "Hai</a>", ">Giới thiệu<")] == [True] * 3
    for page in (notice, other, portal.about):
        page.refresh_from_db()
        page.unpublish()
    after = client.get(article.url).content.decode()
    assert [word in after for word in ("Cúp nước", "Hai</a>", ">Giới thiệu<")] == [False] * 3


def test_a_notice_ends_at_midnight_without_any_worker(portal: Portal, client: Client) -> None:
    today = clock.today()
    notice = NoticePage(title="Hết hôm nay", valid_from=today, valid_until=today)
    portal.notices.add_child(instance=notice)
    late = cache.next_midnight(clock.now()) - timedelta(seconds=5)
    with clock.frozen(late):
        assert "Hết hôm nay" in client.get("/gioi-thieu/").content.decode()
    with clock.frozen(late + timedelta(seconds=10)):
        assert "Hết hôm nay" not in client.get("/gioi-thieu/").content.decode()


def test_hosts_do_not_share_their_tree(portal: Portal, settings: Any) -> None:
    """Attack: a foreign host's frame must not become everybody's."""
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.create(hostname="xa.example", root_page=portal.about, port=80)
    ours = tree_of(RequestFactory().get("/", headers={"host": "localhost"})).site
    theirs = tree_of(RequestFactory().get("/", headers={"host": "xa.example"})).site
    assert ours
    assert theirs
    assert (ours.hostname, theirs.hostname) == ("localhost", "xa.example")


def test_rows_and_counts_of_documents_follow_a_change(portal: Portal, client: Client) -> None:
    document = portal.document("167/KH-UBND")
    portal.document("168/KH-UBND")
    before = client.get("/van-ban/").context
    assert (before["total"], option(before, "nam")["count"]) == (2, 2)
    document.title = "Kế hoạch đã sửa"
    document.save_revision().publish()
    assert "Kế hoạch đã sửa" in client.get("/van-ban/").content.decode()
    document.unpublish()
    after = client.get("/van-ban/?loai=plan")
    assert "Kế hoạch đã sửa" not in after.content.decode()
    assert (after.context["total"], option(after.context, "nam")["count"]) == (1, 1)


def option(context: Any, name: str) -> dict[str, Any]:
    """The first choice of a filter."""
    found: dict[str, Any] = next(f for f in context["filters"] if f["name"] == name)["options"][0]
    return found


def test_a_card_ends_with_its_rooms_window_without_any_worker(
    portal: Portal, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing raises the version when a window ends: the clock alone ends what is kept."""
    begun = clock.now().replace(hour=12, minute=0, second=0)
    ends = begun + timedelta(seconds=90)
    monkeypatch.setattr(cache, "_edges", [lambda moment: ends])
    monkeypatch.setattr(cards, "_cards", {"posted": lambda request: posted(ends)})
    portal.home.body = [("cards", {"title": "", "names": ["posted"]})]
    portal.home.save()
    with clock.frozen(begun):
        assert "Đang niêm yết" in client.get("/").content.decode()
    with clock.frozen(ends):
        assert "Đang niêm yết" not in client.get("/").content.decode()


def posted(ends: datetime) -> str | None:
    """What a room says within its window."""
    return "Đang niêm yết" if clock.now() < ends else None


def test_the_foot_of_a_preview_is_its_own(portal: Portal, client: Client) -> None:
    client.get("/gioi-thieu/")
    portal.home.agency = "Cơ quan mới"
    request = portal.home.make_preview_request(preview_mode="")
    assert "Cơ quan mới" in request.render().content.decode()
    assert "Cơ quan mới" not in client.get("/gioi-thieu/").content.decode()


@pytest.mark.once
def test_it_lives_five_minutes(db: None) -> None:
    begun = clock.now().replace(hour=12, minute=0)
    with clock.frozen(begun):
        assert (take("one"), take("two")) == ("one", "one")
    with clock.frozen(begun + timedelta(minutes=5)):
        assert take("three") == "three"


@pytest.mark.once
def test_a_clock_set_back_ends_it(db: None) -> None:
    begun = clock.now().replace(hour=12, minute=0)
    with clock.frozen(begun):
        take("one")
    with clock.frozen(begun - timedelta(hours=1)):
        assert take("two") == "two"


@pytest.mark.once
def test_a_form_that_is_sent_takes_nothing(db: None) -> None:
    """It may have changed what it shows."""
    take("one")
    assert take("two", "post") == "two"
    assert take("three") == "one"


@pytest.mark.once
def test_what_was_read_in_a_transaction_is_not_kept(db: None) -> None:
    """Attack on oneself: a rolled back writer's version number comes again with other content."""
    with transaction.atomic():
        cache.bump()
        assert take("never so") == "never so"
        transaction.set_rollback(True)
    cache.bump()
    assert take("so") == "so"


@pytest.mark.once
def test_the_portal_itself_knows_a_transaction(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Tests say it otherwise, since each is a transaction."""
    monkeypatch.undo()
    assert memo.in_transaction()


@pytest.mark.once
def test_a_flood_of_keys_does_not_fill_the_memory(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo, "MOST", 2)
    request = RequestFactory().get("/")
    for number in range(5):
        memo.shared(request, number, lambda: "kept")
    found = [memo.shared(request, number, lambda: "new") for number in (4, 3, 0)]
    assert found == ["kept", "kept", "new"]
