"""The card of posted lists on the home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.home.models import HomePage
from portal.jobs import clock
from portal.registration import home_card
from portal.registration.models import PublishedList
from portal.registration.pages import PublishedListIndexPage
from tests.registration.conftest import MONDAY

ENDS = MONDAY.replace(hour=0) + timedelta(days=4)


@pytest.fixture
def front(index_page: PublishedListIndexPage) -> HomePage:
    """A home page on which an editor chose the card."""
    home = HomePage.objects.get()
    home.body = [("cards", {"title": "", "names": [home_card.NAME]})]
    home.save()
    return home


def test_the_home_page_names_lists_their_last_day_and_totals(
    client: Client, front: HomePage, published: PublishedList
) -> None:
    page = client.get("/").content.decode()
    assert 'href="/danh-sach/ho-ngheo-2026/"' in page
    assert "26/11/2026" in page
    assert "2 hộ nghèo và 1 hộ cận nghèo" in page
    assert "Nguyễn Văn" not in page


def test_the_card_leaves_with_the_window(
    client: Client, front: HomePage, published: PublishedList
) -> None:
    with clock.frozen(ENDS):
        assert "ho-ngheo-2026" not in client.get("/").content.decode()


def test_nothing_is_shown_when_nothing_is_posted(draft: PublishedList, rf: RequestFactory) -> None:
    assert home_card.render(rf.get("/")) is None


def test_the_card_asks_once(published: PublishedList, rf: RequestFactory) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert home_card.render(rf.get("/"))
    assert len(asked) == 1
