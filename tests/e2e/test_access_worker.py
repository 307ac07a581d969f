"""Every page of the worker's sheet and each of its error states is for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.demo.seeding.pages import seed_home
from portal.forms.models import Submission
from portal.home.models import FormPage
from tests.areas.builders import make_commune, make_village
from tests.e2e.conftest import no_sideways_scrolling
from tests.e2e.declaring import begin, fill, save
from tests.labour.people import INACTIVE, UNEMPLOYED, WORKER

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db(transaction=True)]

FORM = "/phieu/"


@pytest.fixture
def sheet(ground: None) -> FormPage:
    """The form on a page of its own, and the commune where the persons live."""
    make_village(make_commune())
    make_commune("02524", "Sơn Dương")
    page = FormPage(title="Phiếu thông tin người lao động", slug="phieu", form="worker")
    seed_home().add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("pages", [WORKER, UNEMPLOYED, INACTIVE], ids=["works", "seeks", "neither"])
def test_every_step_and_error_state_is_for_everybody(
    sheet: FormPage,
    reader: Page,
    faults: Callable[..., list[str]],
    pages: Mapping[str, Mapping[str, Any]],
) -> None:
    found: list[str] = []

    def look(place: str) -> None:
        found.extend(f"{place}: {fault}" for fault in faults(reader))
        found.extend([f"{place}: scrolls sideways"] * (not no_sideways_scrolling(reader)))

    begin(reader, form=FORM)
    for slug, inputs in pages.items():
        expect(reader).to_have_url(re.compile(rf"/khai/{slug}/$"))
        look(slug)
        save(reader)
        look(f"{slug}, errors")
        fill(reader, inputs)
        save(reader)
    look("review")
    save(reader)
    look("receipt")
    assert found == []
    assert Submission.objects.get().form == "worker"
