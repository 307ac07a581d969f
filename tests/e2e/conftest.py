"""A real browser for the walks: Debian's Chromium through Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from portal.demo.seeding.pages import seed_home
from portal.demo.seeding.people import seed_people
from portal.home.models import FormPage
from portal.jobs import clock
from portal.registration.models import ReviewRound
from tests.areas.builders import make_commune

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]
# A loaded machine is slow, not broken.
expect.set_options(timeout=20_000)
FOUND = {"resultTypes": ["violations"]}  # not every element of every rule that is kept
RULES = FOUND | {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}
# What larger letters and other colours can break; the rest of the page stays the same.
OF_SIGHT = FOUND | {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}


@pytest.fixture
def ground(transactional_db: None, django_db_setup: str) -> None:
    """A database as after migrations; the flush behind another test of this kind emptied it."""
    # Sequences go on, or PostgreSQL would give out the keys of the rows below once more.
    call_command(
        "flush", interactive=False, verbosity=0, inhibit_post_migrate=True, reset_sequences=False
    )
    ContentType.objects.clear_cache()
    connection.creation.deserialize_db_from_string(django_db_setup)


@pytest.fixture
def declaration_page(ground: None) -> FormPage:
    """The accounts of the demo, two communes, an open round, and the page with the form."""
    make_commune()
    make_commune("02473", "Yên Sơn")
    home = seed_home()
    seed_people(home, clock.today())
    today = clock.today()
    ReviewRound.objects.create(
        title="Đợt thử",
        kind="regular",
        standard="vn-2022",
        reference_day=date(today.year, today.month, 1),
        opens_on=today,
        closes_on=today + timedelta(days=30),
        demo=True,
    )
    page = FormPage(title="Rà soát hộ nghèo", slug="ra-soat-ho-ngheo", form="household")
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the process; no request leaves the machine."""
    path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is missing: `make test` installs it, or set PORTAL_CHROMIUM"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


def _page(context: BrowserContext, base: str) -> Page:
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.set_default_navigation_timeout(30_000)
    return page


@pytest.fixture
def phone(browser: Browser, live_server: object) -> Iterator[Page]:
    """A resident's phone, 360 px wide, scripts off."""
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=False, locale="vi-VN", base_url=str(live_server)
    )
    yield _page(context, str(live_server))
    context.close()


@pytest.fixture
def reader(browser: Browser, live_server: object) -> Iterator[Page]:
    """The same phone with scripts, since axe is one."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN", base_url=str(live_server))
    yield _page(context, str(live_server))
    context.close()


@pytest.fixture
def desk(browser: Browser, live_server: object) -> Iterator[Page]:
    """An editor's desktop with scripts."""
    context = browser.new_context(viewport=DESKTOP, locale="vi-VN", base_url=str(live_server))
    yield _page(context, str(live_server))
    context.close()


@pytest.fixture
def faults() -> Callable[..., list[str]]:
    """What axe finds on a page, or in a part of it, as `rule: element`."""

    def find(
        page: Page, within: str | None = None, rules: dict[str, Any] | None = None
    ) -> list[str]:
        found = Axe().run(page, context=within, options=rules or RULES)
        return [
            f"{violation['id']}: {node['html'][:120]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    return find


def no_sideways_scrolling(page: Page) -> bool:
    """Whether nothing stands out to the right of the window."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return not wide
