"""What people do in the walks, step by step."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotYetError

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


def choose_new_file(desk: Page, relation: str, path: Path) -> None:
    """A new file in the first row of an inline panel, through Wagtail's chooser.

    By keyboard: the draft saves itself meanwhile, and its note moves a button under a pointer.
    Again until the dialog stands: the row may be there before its script listens.
    """
    desk.locator(f"#id_{relation}-ADD").press("Enter")
    tab = desk.locator(".modal-body [role=tab][href='#tab-upload']")
    for _try in range(4):
        desk.locator(f"#id_{relation}-0-document-chooser [data-chooser-action-choose]").first.press(
            "Enter"
        )
        try:
            tab.wait_for(timeout=12_000)
            break
        except NotYetError:
            continue
    tab.click()
    form = desk.locator(".modal-body form[data-chooser-modal-creation-form]")
    form.locator("input[type=file]").set_input_files(path)
    expect(form.locator("input[name$=title]")).to_have_value(path.stem)
    form.locator("[type=submit]").click()
    expect(desk.locator(f"#id_{relation}-0-document")).to_have_value(re.compile(r"\d+"))
