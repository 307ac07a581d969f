"""A household fills in the declaration in a browser, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

FORM = "/ra-soat-ho-ngheo/"
Look = Callable[[str], None]


def nothing(_place: str) -> None:
    """Looks at nothing on the way."""


def save(page: Page) -> None:
    """The one green button; the page that answers has arrived when this returns."""
    with page.expect_navigation():
        page.locator("form .go button[type=submit]").click()


def tick(page: Page, name: str, code: str) -> None:
    """One answer of a question."""
    page.locator(f'input[name={name}][value="{code}"]').check()


def begin(page: Page, look: Look = nothing, form: str = FORM) -> tuple[str, str]:
    """From the introduction to the first question; reference and code."""
    page.goto(form)
    look("introduction")
    page.get_by_role("link", name="Bắt đầu kê khai").click()
    look("consent")
    save(page)
    look("consent, errors")
    tick(page, "filler", "self")
    page.locator("#id_consent").check()
    save(page)
    look("codes")
    reference, code = page.locator(".codes dd").all_inner_texts()
    page.get_by_role("link", name="Tiếp tục").click()
    return reference, code


def place(page: Page, look: Look = nothing) -> None:
    """Commune and village."""
    page.locator("#id_commune").fill("khong co xa nay")
    save(page)
    look("commune, error")
    page.locator("#id_commune").fill("tan trao")
    save(page)
    look("village")
    page.locator("#id_village").fill("Thôn Tân Lập")
    tick(page, "permanent_same", "yes")
    save(page)


def person(page: Page, name: str, relation: str, year: str, look: Look = nothing) -> None:
    """One member through all of the pages that apply."""
    page.locator("#them").click()
    save(page)
    look("person, errors")
    page.locator("#id_full_name").fill(name)
    tick(page, "relation", relation)
    tick(page, "sex", "male")
    page.locator("#id_birth_year").fill(year)
    page.locator("#id_ethnicity").fill("tày")
    save(page)
    for _page in range(6):
        if page.locator("#them").count():
            return
        look("person, next page")
        _answer_everything(page)
        save(page)


def fill(page: Page, inputs: Mapping[str, Any]) -> None:
    """The inputs of a page by their names, whatever they are."""
    for name, value in inputs.items():
        box = page.locator(f"form .question [name={name}]")
        if box.first.get_attribute("type") in {"radio", "checkbox"}:
            for code in value if isinstance(value, list) else [value]:
                tick(page, name, code)
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def _answer_everything(page: Page) -> None:
    """The first answer of every question, and a number that fits."""
    if page.locator("#id_citizen").count():
        page.locator("#id_citizen").fill("008080000123")
    for question in page.locator("fieldset.question:has(input[type=radio])").all():
        question.locator("input[type=radio]").first.check()


def house(page: Page, look: Look = nothing) -> None:
    """House, water, devices, belongings, reason."""
    look("house")
    save(page)
    look("house, errors")
    for name, code in (
        ("wall", "earth_lime_straw"),
        ("column", "poor_wood_bamboo"),
        ("roof", "leaf_straw_paper"),
    ):
        tick(page, name, code)
    page.locator("#id_area_m2").fill("30")
    save(page)
    look("water")
    tick(page, "water", "other")
    tick(page, "toilet", "none")
    save(page)
    look("devices")
    tick(page, "devices", "none")
    page.locator("#id_electricity").fill("20")
    save(page)
    look("belongings")
    for name in ("assets", "land", "livestock", "signs"):
        tick(page, name, "none")
    save(page)
    look("reason")
    tick(page, "request", "poverty")
    page.locator("#id_reason").fill("Nhà bị lũ cuốn, mất mùa.")
    save(page)
    look("review")


def declare(page: Page, look: Look = nothing, name: str = "Nguyễn Văn An") -> tuple[str, str]:
    """All of it, up to the receipt; reference and code."""
    codes = begin(page, look)
    place(page, look)
    person(page, name, "head", "1980", look)
    person(page, "Nguyễn Văn Bé", "child", "2018")
    look("members")
    save(page)
    house(page, look)
    save(page)
    look("receipt")
    return codes
