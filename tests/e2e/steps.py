"""What people do in the walks, step by step."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from portal.demo.seeding.people import PASSWORD


def log_in(desk: Page, username: str) -> None:
    """Into the back office through the form, as everybody."""
    desk.goto("/quan-tri/")
    desk.locator("input[name=username]").fill(username)
    desk.locator("input[name=password]").fill(PASSWORD)
    desk.locator("form button[type=submit]").click()
    expect(desk.locator("#wagtail-sidebar nav")).to_be_visible()


def search_for(phone: Page, words: str) -> None:
    """A resident types into the box that stands on every page."""
    phone.goto("/")
    phone.locator("header input[type=search]").fill(words)
    phone.locator("header form[role=search] button").click()


def found(phone: Page) -> list[str]:
    """Titles of the results on the shown page."""
    return phone.locator("article.hit h2").all_inner_texts()
