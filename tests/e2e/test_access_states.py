"""Error states of the portal: readable for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.demo.seeding.pages import seed_home, seed_tree
from portal.demo.seeding.people import seed_people
from portal.jobs import clock
from search.contract import EngineDownError
from tests.areas.builders import make_commune
from tests.e2e.conftest import PHONE, no_sideways_scrolling

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]

Faults = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def _tree(ground: None) -> None:
    """The page tree and the accounts."""
    make_commune()
    home = seed_home()
    seed_tree(home)
    seed_people(home, clock.today())


@pytest.fixture
def small(desk: Page) -> Page:
    """A window as narrow as a phone, with the scripts that axe needs."""
    desk.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return desk


def test_an_outage_of_search_is_a_readable_state(
    small: Page, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> Any:
        raise EngineDownError("down")

    monkeypatch.setattr("search.queries.get_engine", down)
    small.goto("/tim-kiem/?q=ke+hoach")
    expect(small.get_by_role("status")).to_be_visible()
    expect(small.locator("main")).not_to_contain_text("Không có kết quả")
    assert no_sideways_scrolling(small)
    assert faults(small) == []


def test_a_fault_of_the_portal_is_a_readable_page(
    small: Page, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.views.answer", None)
    answer = small.goto("/tim-kiem/?q=ke+hoach")
    assert answer is not None
    assert answer.status == 500
    expect(small.locator("h1")).to_be_visible()
    expect(small.locator("input[name=q]")).to_be_visible()
    assert no_sideways_scrolling(small)
    assert faults(small) == []


def guess(page: Page, number: int) -> int:
    """One wrong password; the status of the answer."""
    page.goto("/quan-tri/login/")
    page.locator("input[name=username]").fill("truongthon")
    page.locator("input[name=password]").fill(f"doan-{number}")
    with page.expect_navigation() as answer:
        page.locator("form button[type=submit]").click()
    return answer.value.status if answer.value else 0


def test_a_locked_account_is_told_so(small: Page, faults: Faults) -> None:
    """Attack: passwords of an account are guessed one after the other."""
    answers = [guess(small, number) for number in range(5)]
    assert answers[0] == 200
    assert answers[-1] == 429
    expect(small.locator("h1")).to_have_count(1)
    expect(small.locator("main")).to_contain_text("30 phút")
    assert no_sideways_scrolling(small)
    assert faults(small) == []
