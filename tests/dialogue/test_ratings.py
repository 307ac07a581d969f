"""Ratings: one a browser, with an average on the kept page and no personal data."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils.translation import gettext as _

from portal.dialogue.comments import services
from portal.dialogue.comments.models import DialogueSettings, Rating, Thread
from portal.dialogue.comments.rooms import room_of
from portal.news.models import ArticlePage
from tests.dialogue.conftest import Visitor

pytestmark = pytest.mark.django_db

PAGE = "/tin-tuc/doi-song-xa-hoi/hop-thon/"
FORM = f"/danh-gia{PAGE}"


@pytest.fixture(autouse=True)
def _article(article: ArticlePage) -> None:
    """Every test is about its rating."""


def rate(visitor: Visitor, stars: object) -> Any:
    """Open the form and send it."""
    visitor.client.get(FORM)
    return visitor.client.post(FORM, {"stars": stars})


def test_a_browser_rates_once_and_may_change_its_mind(visitor: Visitor) -> None:
    assert rate(visitor, 5).status_code == 302
    rate(visitor, 2)
    thread = Thread.objects.get()
    assert (thread.rating_count, thread.rating_sum, Rating.objects.count()) == (1, 2, 1)
    assert " checked" in visitor.client.get(FORM).content.decode()


def test_average_and_count_stand_on_the_page(settings: Any) -> None:
    for stars, address in ((5, "a"), (4, "b"), (4, "c")):
        rate(Visitor(address), stars)
    thread = Thread.objects.get()
    assert (thread.average, thread.rating_count) == (4.3, 3)
    settings.PAGE_CACHE_SECONDS = 0
    assert "4,3" in Visitor("d").client.get(PAGE).content.decode()


def test_a_vote_does_not_empty_the_cache(visitor: Visitor) -> None:
    """Attack: somebody keeps voting so that every page has to be built anew."""
    reader = Visitor("203.0.113.8")
    reader.client.get(PAGE)
    rate(visitor, 1)
    assert reader.client.get(PAGE)["X-Cache"] == "hit"


def test_without_the_cookie_nothing_is_counted(visitor: Visitor) -> None:
    """Attack: the form is replayed again and again without its cookie, or with a made-up one."""
    for cookie in ("", "abc", "abc:def:ghi"):
        visitor.client.cookies.clear()
        if cookie:
            visitor.client.cookies["danh-gia"] = cookie
        answer = visitor.client.post(FORM, {"stars": 5})
        assert answer.status_code == 200
        assert "Set-Cookie" in str(answer.cookies) or answer.cookies
    assert not Rating.objects.exists()


@pytest.mark.parametrize("stars", ["", "0", "6", "4.5", "x", "\x00", "9" * 40])
def test_only_one_to_five(visitor: Visitor, stars: str) -> None:
    """Attack: points that nobody can give."""
    answer = rate(visitor, stars)
    assert _("Choose one of the five points.") in answer.content.decode()
    assert not Rating.objects.exists()


def test_one_network_address_rates_twenty_times(visitor: Visitor) -> None:
    """Attack: a new cookie for every vote."""
    room = room_of(ArticlePage.objects.get())
    assert room is not None
    for _number in range(services.MOST_RATINGS):
        services.rate(room, uuid.uuid4(), 1, "203.0.113.7")
    assert rate(visitor, 1).status_code == 429
    assert Thread.objects.get().rating_count == services.MOST_RATINGS


def test_nothing_of_a_person_is_kept(visitor: Visitor) -> None:
    rate(visitor, 3)
    given = Rating.objects.get()
    assert {field.name for field in Rating._meta.fields} == {"id", "page", "voter", "stars", "at"}
    assert given.voter not in visitor.client.cookies["danh-gia"].value


def test_ratings_are_switched_off_for_the_portal(visitor: Visitor) -> None:
    DialogueSettings.objects.create(ratings_open=False)
    assert FORM not in visitor.client.get(PAGE).content.decode()
    rate(visitor, 5)
    assert not Rating.objects.exists()
