"""Completion and "ý bạn là" from the site's own titles; households never among them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from portal.jobs import clock
from search import lexicon, outbox, registry, relaxing, upkeep
from search.contract import LIST_ENTRY, Engine, Put, Remove, SearchEntry
from search.models import KnownTitle, KnownWord
from search.queries import Asked, answer
from tests.search.samples import KIND, Samples

pytestmark = pytest.mark.django_db
DRAIN = Callable[[], int]


def _entry(key: str, title: str, **values: object) -> SearchEntry:
    given = {"kind": "article", "version": 1, "url": f"/{key}/", "key": key, "title": title}
    return SearchEntry(**given | values)  # type: ignore[arg-type]


TITLES = (
    _entry("1", "Kế hoạch thu thập thông tin lao động", number="167/KH-UBND", weight=3),
    _entry("2", "Cấp thẻ bảo hiểm y tế cho hộ nghèo"),
    _entry("3", "Hỗ trợ bảo hiểm xã hội"),
)


@pytest.fixture
def known(engine: Engine) -> None:
    """Three titles in the index and in the lexicon."""
    changes = [Put(entry) for entry in TITLES]
    engine.apply(changes)
    engine.refresh()
    lexicon.note(changes)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ke hoahc lao dong", "ke hoach lao dong"),
        ("bao hien y te", "bao hiem y te"),
        ("bảo hiễn y tế", "bảo hiểm y tế"),
        ("thu thap thong tn", "thu thap thong tin"),
        ("ho ngheoo", "ho ngheo"),
        ("bao hie7m y te", "bao hiem y te"),
        ("thongtin lao dong", "thong tin lao dong"),
        ("hooj ngheof", "ho ngheo"),
        ("ho65 nghe2o", "ho ngheo"),
        ("thu thaapj thoong tin", "thu thap thong tin"),
    ],
)
def test_a_slip_of_the_finger_is_seen(typed: str, meant: str) -> None:
    assert lexicon.corrections(typed)[0] == meant


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("typed", ["bao hiem y te", "", "167", "x" * 60, "a " * 40, "%_\\ '"])
def test_what_needs_no_correction_gets_none(typed: str) -> None:
    assert lexicon.corrections(typed) == []


@pytest.mark.usefixtures("known")
def test_the_page_offers_the_corrected_query_one_click_away(client: Client) -> None:
    page = client.get("/tim-kiem/", {"q": "the bao hien y te"}).content.decode()
    assert '<a href="/tim-kiem/?q=the+bao+hiem+y+te"><strong>the bao hiem y te</strong></a>' in page


SCATTERED = _entry("4", "Tin trong ngày", body="Hiền gửi bảo tàng một tế bào, y bảo.")


@pytest.fixture
def scattered(known: None, engine: Engine) -> None:
    """Beside the titles a text that holds the words of a typo, here and there."""
    engine.apply([Put(SCATTERED)])
    engine.refresh()


@pytest.mark.usefixtures("scattered")
def test_a_spelling_is_offered_although_something_scattered_fits(client: Client) -> None:
    """Bug: "ho giai o co so" found four words in some text, and "hoa giai" was not offered."""
    page = client.get("/tim-kiem/", {"q": "bao hien y te"}).content.decode()
    offered = page.index('<a href="/tim-kiem/?q=bao+hiem+y+te"><strong>bao hiem y te</strong></a>')
    assert offered < page.index('<article class="hit">')
    answer = client.get("/tim-kiem.json", {"q": "bao hien y te"}).json()
    assert (answer["meant"], answer["total"], answer["relaxed"]) == (["bao hiem y te"], 1, False)


@pytest.mark.usefixtures("scattered")
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("bao tang", "in order in a text"),
        ("lao dong tin", "all in one title"),
        ("tang mot bao", "no spelling does better"),
        ("kh 167", "a number"),
        ("thẻ y tế", "with marks, all in one title"),
    ],
)
def test_what_stands_together_is_offered_no_other_spelling(
    client: Client, typed: str, why: str
) -> None:
    answer = client.get("/tim-kiem.json", {"q": typed}).json()
    assert (answer["total"], answer.get("meant")) == (1, None), why


def test_a_symbol_that_was_mistyped_is_offered_before_words(known: None, engine: Engine) -> None:
    """Bug: after "hk 167" only "ho 167" was offered, which is no document's number."""
    engine.apply([Put(_entry("5", "Hộ nghèo", body="167 hộ")), Put(_entry("6", "Bản tin 167"))])
    engine.refresh()
    asked = Asked("hk 167")
    assert relaxing.meant(asked, answer(asked)) == ["kh 167"]


@pytest.mark.usefixtures("known")
def test_most_of_the_words_stand_under_a_heading_of_their_own(client: Client) -> None:
    typed = {"q": "thẻ bảo hiểm khongco"}
    answer = client.get("/tim-kiem.json", typed).json()
    assert (answer["relaxed"], answer["state"], answer["total"]) == (True, "complete", 1)
    page = client.get("/tim-kiem/", typed).content.decode()
    assert page.index('class="nearest"') < page.index('<article class="hit">')
    assert client.get("/tim-kiem.json", {"q": "bảo hiểm"}).json()["relaxed"] is False


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("167", "167/KH-UBND Kế hoạch"),
        ("ke ho", "167/KH"),
        ("bao hiem x", "Hỗ trợ"),
        ("THẺ", "Cấp"),
    ],
)
@pytest.mark.usefixtures("known")
def test_completion_knows_numbers_titles_and_words_inside(
    client: Client, typed: str, first: str
) -> None:
    response = client.get("/tim-kiem/goi-y.json", {"q": typed})
    assert response.json()["suggestions"][0]["text"].startswith(first)
    assert response["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize("typed", ["", "k", "%", "_", "'", "\x00", "x" * 5000])
@pytest.mark.usefixtures("known")
def test_completion_of_nothing_is_empty(client: Client, typed: str) -> None:
    assert client.get("/tim-kiem/goi-y.json", {"q": typed}).json()["suggestions"] == []


def test_households_are_never_suggested(client: Client) -> None:
    """Attack: names of a posted list by typing their first letters."""
    lexicon.note([Put(_entry("1", "Nguyễn Văn Ẩn", kind=LIST_ENTRY))])
    lexicon.recount()
    assert not KnownTitle.objects.exists()
    assert not KnownWord.objects.exists()
    assert client.get("/tim-kiem/goi-y.json", {"q": "nguyen"}).json()["suggestions"] == []


def test_a_title_is_suggested_in_its_window_alone() -> None:
    now = clock.now()
    over = _entry("1", "Danh sách đã gỡ", visible_until=now)
    later = _entry("2", "Danh sách sắp niêm yết", visible_from=now + timedelta(hours=1))
    lexicon.note([Put(over), Put(later)])
    with clock.frozen(now):
        assert lexicon.complete("danh sach") == []


@pytest.mark.usefixtures("known")
def test_what_is_removed_is_forgotten_with_its_words() -> None:
    lexicon.note([Remove("article", "2", 2)])
    assert lexicon.complete("cap the") == []
    lexicon.recount()
    assert not KnownWord.objects.filter(folded="the").exists()
    assert KnownWord.objects.get(folded="bao hiem").uses == 1


def test_the_worker_and_a_rebuild_keep_the_titles(
    monkeypatch: pytest.MonkeyPatch, drain: DRAIN
) -> None:
    monkeypatch.setattr(registry, "_kinds", {})
    held = Samples()
    registry.register_searchable(KIND, label="Mẫu", load_many=held.load_many, keys=held.keys)
    held.titles = {"1": "Một tựa đề"}
    with transaction.atomic():
        outbox.add(KIND, "1")
    drain()
    assert [known.title for known in lexicon.complete("mot tua")] == ["Một tựa đề"]
    KnownTitle.objects.all().delete()
    upkeep.rebuild()
    assert [known.title for known in lexicon.complete("tua de")] == ["Một tựa đề"]


def test_while_the_engine_is_down_titles_are_offered(
    client: Client, known: None, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.contract import EngineDownError

    def down(_query: object) -> None:
        raise EngineDownError("down")

    monkeypatch.setattr(engine, "search", down)
    page = client.get("/tim-kiem/", {"q": "bao hiem"}).content.decode()
    assert '<a href="/2/">' in page
    assert '<a href="/1/">' not in page
