"""The review round and the form pages of the demo."""

from __future__ import annotations

from datetime import date, timedelta

from wagtail.models import Page

from portal.demo import content
from portal.demo.places import told_here
from portal.demo.seeding.pages import child, stream
from portal.home.models import FormPage
from portal.jobs import clock
from portal.registration.models import ReviewRound
from portal.start.tree import add_page, english_of

STANDARD = "vn-2022"
OPEN_FOR = timedelta(days=365)


def seed_round(today: date) -> ReviewRound:
    """A demo round that is open whatever the day; its standard is the illustrative one."""
    found = ReviewRound.objects.filter(demo=True, closes_on__gte=today).first()
    return found or ReviewRound.objects.create(
        title=f"Đợt rà soát minh họa {today.year}",
        kind=ReviewRound.Kind.REGULAR,
        standard=STANDARD,
        reference_day=today.replace(day=1),
        opens_on=today.replace(day=1),
        closes_on=today + OPEN_FOR,
        demo=True,
    )


def seed_form_pages(parents: dict[str, Page]) -> None:
    """Pages that mount a form, below the home page or another index, by the demo's texts."""
    for raw in content.site(told_here(clock.today()))["form"]:
        page = child(
            parents[raw["below"]],
            FormPage,
            raw["title"],
            raw["slug"],
            menu=raw["menu"],
            form=raw["form"],
            lead=raw["lead"],
            owner_name=raw["owner"],
            body=stream(raw["text"]),
        )
        _in_english(page, parents["home"], raw["english"])


def _in_english(page: FormPage, home: Page, raw: dict[str, str]) -> None:
    """The same form below the English home page, where there is one."""
    english = english_of(home.specific)
    if english is None or page.get_translations().filter(locale=english.locale).exists():
        return
    made = FormPage(
        title=raw["title"],
        slug=raw["slug"],
        locale=english.locale,
        translation_key=page.translation_key,
        show_in_menus=True,
        form=page.form,
        lead=raw["lead"],
        owner_name=raw["owner"],
        body=stream(raw["text"]),
    )
    add_page(english, made)
