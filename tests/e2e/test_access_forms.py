"""Every page of a form and each of its error states is for everybody: axe, 360 px."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import no_sideways_scrolling
from tests.e2e.declaring import FORM, declare, save

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("declaration_page"),
]


def test_every_step_and_error_state_is_for_everybody(
    reader: Page, faults: Callable[..., list[str]]
) -> None:
    found: list[str] = []

    def look(place: str) -> None:
        found.extend(f"{place}: {fault}" for fault in faults(reader))
        found.extend([f"{place}: scrolls sideways"] * (not no_sideways_scrolling(reader)))

    declare(reader, look)
    for path in ("tra-cuu/ho-so/", "khai/tiep-tuc/", "tra-cuu/"):
        reader.goto(f"{FORM}{path}")
        look(path)
    save(reader)
    look("tra-cuu/, errors")
    assert found == []


def test_the_focus_is_on_the_errors_and_each_leads_to_its_question(reader: Page) -> None:
    reader.goto(f"{FORM}khai/")
    save(reader)
    expect(reader.locator("#loi")).to_be_focused()
    reader.locator("#loi a").first.click()
    assert reader.evaluate("document.activeElement.name || location.hash") in {
        "filler",
        "#id_filler_0",
    }
