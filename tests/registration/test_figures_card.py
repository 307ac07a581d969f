"""Households by commune, as a picture with its table on the home page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from portal.home.models import HomePage
from portal.jobs import clock
from portal.registration import figures_card
from portal.registration.models import PublishedList
from portal.registration.pages import PublishedListIndexPage
from tests.registration.conftest import MONDAY


@pytest.fixture
def front(index_page: PublishedListIndexPage) -> HomePage:
    """A home page on which an editor chose the card."""
    home = HomePage.objects.get()
    home.body = [("cards", {"title": "", "names": [figures_card.NAME]})]
    home.save()
    return home


def test_each_commune_has_its_bar_and_its_numbers_below_the_news_and_last_on_a_phone(
    client: Client, front: HomePage, published: PublishedList
) -> None:
    page = client.get("/").content.decode()
    before, wide = page.split('class="home-wide"')
    row = re.search(r"Tân Trào</a>.*?</tr>", wide, re.DOTALL)
    assert row is not None
    assert re.findall(r'class="n">(\d+)<', row[0]) == ["2", "1"]
    assert re.findall(r'<rect class="(k\d)" x="([\d.]+)" width="([\d.]+)"', row[0]) == [
        ("k1", "0.0", "66.67"),
        ("k2", "66.67", "33.33"),
    ]
    assert 'class="home-side"' in before
    assert "<rect" not in before
    assert "Nguyễn Văn" not in page


def test_the_picture_leaves_with_the_window(
    client: Client, front: HomePage, published: PublishedList
) -> None:
    with clock.frozen(MONDAY.replace(hour=0) + timedelta(days=4)):
        assert "Tân Trào</a>" not in client.get("/").content.decode()


def test_nothing_is_drawn_when_nothing_is_posted(draft: PublishedList, rf: RequestFactory) -> None:
    assert figures_card.render(rf.get("/")) is None
