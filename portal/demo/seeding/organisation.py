"""Organisation, leaders, schedule, guides and the portal's own pages, with English beside them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from wagtail.models import Page

from portal.demo import content
from portal.demo.places import told_here
from portal.demo.seeding.pages import child, stream
from portal.demo.seeding.screens import screen
from portal.home import weeks
from portal.home.models import (
    ContactPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    LeaderIndexPage,
    LeaderPage,
    LinksPage,
    OrganisationIndexPage,
    OrganisationUnitPage,
    PortalContact,
    ScheduleEntry,
    ScheduleIndexPage,
    ScheduleWeekPage,
    StandardPage,
    UnitContact,
)
from portal.start.tree import STANDING, add_page, english_of

REVIEW_AFTER = timedelta(days=180)
Raw = dict[str, Any]


def seed_organisation(home: HomePage, today: date) -> None:
    """Everything that is missing; what stands is left as it is."""
    raw = content.organisation(told_here(today))
    english = english_of(home)
    _Seeding(home, english, today).all(raw)
    about = StandardPage.objects.child_of(home).filter(slug="gioi-thieu").first()
    if about is not None:
        for page in raw["about"]:
            child(
                about,
                StandardPage,
                page["title"],
                page["slug"],
                owner_name=raw["organisation"]["owner"],
                body=stream(page["text"]),
            )
    if about is not None and english is not None:
        same = {"translation_key": about.translation_key}
        Page.objects.child_of(english).filter(slug="about").update(**same)


class _Seeding:
    """The Vietnamese pages and, where there is a home for them, their English ones."""

    def __init__(self, home: HomePage, english: HomePage | None, today: date) -> None:
        self.home, self.english, self.today = home, english, today
        self.review = today + REVIEW_AFTER

    def all(self, raw: Raw) -> None:
        """Part by part."""
        self._units(raw)
        self._leaders(raw)
        self._schedule(raw)
        self._guides(raw)
        self._portal_pages(raw)

    def _english(self, page: Page, parent: Page | None, raw: Raw, **values: Any) -> Page | None:
        """The same page under the English home, known by its translation key."""
        if parent is None or "english" not in raw:
            return None
        found = page.get_translations().filter(locale=parent.locale).first()
        if found is not None:
            return found.specific
        values |= {"translation_key": page.translation_key, "locale": parent.locale}
        made = type(page)(title=raw["english"], slug=raw.get("english_slug", ""), **values)
        return add_page(parent, made)

    def _index(self, kind: type[Page], raw: Raw, *, menu: bool = False) -> tuple[Page, Page | None]:
        _give_way(self.home, raw["slug"], kind)
        common = {"owner_name": raw["owner"]}
        page = child(
            self.home,
            kind,
            raw["title"],
            raw["slug"],
            menu=menu,
            introduction=raw["introduction"],
            **common,
        )
        _fill(page, introduction=raw["introduction"], **common)
        other = {"introduction": raw.get("english_introduction", ""), "show_in_menus": True}
        return page, self._english(page, self.english, raw, **other)

    def _units(self, raw: Raw) -> None:
        index, foreign = self._index(OrganisationIndexPage, raw["organisation"])
        made: dict[str, tuple[Page, Page | None]] = {"": (index, foreign)}
        for unit in raw["unit"]:
            above, above_english = made[unit.get("below", "")]
            reach = {key: unit[key] for key in ("address", "telephone", "email")}
            page = child(
                above,
                OrganisationUnitPage,
                unit["title"],
                "",
                owner_name=unit["title"],
                review_on=self.review,
                summary=unit["summary"],
                hours=unit.get("hours", ""),
                functions=stream(unit["text"]),
                contacts=_people(UnitContact, unit["people"]),
                **reach,
            )
            english = self._english(
                page,
                above_english,
                unit,
                summary=unit["english_summary"],
                functions=stream(unit["english_text"]),
                contacts=_people(UnitContact, unit["people"], unit["english_posts"]),
                **reach,
            )
            made[unit["key"]] = (page, english)

    def _leaders(self, raw: Raw) -> None:
        index, _foreign = self._index(LeaderIndexPage, raw["leaders"])
        for leader in raw["leader"]:
            child(
                index,
                LeaderPage,
                leader["name"],
                "",
                post=leader["post"],
                body_name=leader["body"],
                term="2026 – 2031 (minh họa)",
                in_charge_of=leader["charge"],
                biography=stream(leader["text"]),
                owner_name=raw["leaders"]["owner"],
            )

    def _schedule(self, raw: Raw) -> None:
        """Last, this and next week, counted from the day of seeding."""
        index, _foreign = self._index(ScheduleIndexPage, raw["schedule"])
        if ScheduleWeekPage.objects.child_of(index).exists():
            return
        for week in raw["week"]:
            monday = weeks.monday_of(self.today) + timedelta(days=7 * week["offset"])
            page = ScheduleWeekPage(monday=monday, note=week.get("note", ""), locale=index.locale)
            page.entries = [_entry(place, row) for place, row in enumerate(week["entries"])]
            add_page(index, page)

    def _guides(self, raw: Raw) -> None:
        index, foreign = self._index(GuideIndexPage, raw["guides"], menu=True)
        for guide in raw["guide"]:
            common = {"audience": guide["audience"], "needed_minutes": guide.get("minutes")}
            page = child(
                index,
                GuidePage,
                guide["title"],
                guide["slug"],
                lead=guide["lead"],
                steps=_steps(guide["steps"]),
                body=stream(guide["text"]),
                owner_name=raw["guides"]["owner"],
                review_on=self.review,
                **common,
            )
            self._english(
                page,
                foreign,
                guide,
                lead=guide.get("english_lead", ""),
                steps=_steps(guide.get("english_steps", [])),
                body=stream(guide.get("english_text", "")),
                **common,
            )

    def _portal_pages(self, raw: Raw) -> None:
        """Contact, services and the statements: all of them are linked in the footer."""
        contact, links = raw["contact"], raw["links"]
        page = self._footer_page(
            ContactPage, contact, contacts=_people(PortalContact, contact["people"])
        )
        posts = contact["english_posts"]
        foreign = {"contacts": _people(PortalContact, contact["people"], posts)}
        self._footer_english(page, contact, **foreign)
        page = self._footer_page(LinksPage, links, links=_links(raw["link"], ""))
        self._footer_english(page, links, links=_links(raw["link"], "english"))
        for statement in raw["statement"]:
            self._footer_page(StandardPage, statement)

    def _footer_page(self, kind: type[Page], raw: Raw, **values: Any) -> Page:
        _give_way(self.home, raw["slug"], kind)
        body = stream(raw["text"])
        values |= {"owner_name": raw["owner"], "review_on": self.review, "in_footer": True}
        return child(self.home, kind, raw["title"], raw["slug"], body=body, **values)

    def _footer_english(self, page: Page, raw: Raw, **values: Any) -> None:
        values |= {"in_footer": True, "show_in_menus": True, "body": stream(raw["english_text"])}
        self._english(page, self.english, raw, **values)


def _give_way(home: HomePage, slug: str, kind: type[Page]) -> None:
    """The plain page that an older demo has at this address goes; nobody wrote it."""
    for page in StandardPage.objects.child_of(home).filter(slug=slug, numchild=0):
        if not isinstance(page.specific, kind):
            page.delete()


def _fill(page: Page, **values: str) -> None:
    """The page that every portal has says no longer what will stand there, but what does."""
    waiting = {index.values["introduction"] for index in STANDING}
    if page.specific.introduction in waiting:
        for name, value in values.items():
            setattr(page, name, value)
        page.save_revision(clean=False).publish()


def _people(
    kind: type[UnitContact | PortalContact], rows: list[list[str]], posts: list[str] | None = None
) -> list[UnitContact | PortalContact]:
    shown = posts or [row[1] for row in rows]
    return [
        kind(name=name, post=post, telephone=telephone, email=email)
        for (name, _post, telephone, email), post in zip(rows, shown, strict=True)
    ]


def _steps(rows: list[list[str]]) -> list[tuple[str, Raw]]:
    return [("step", _step(*row)) for row in rows]


def _step(title: str, text: str, picture: str = "") -> Raw:
    shown = {"image": screen(picture, title)} if picture else {}
    return {"title": title, "text": f"<p>{text}</p>", **shown}


def _links(rows: list[Raw], language: str) -> list[tuple[str, Raw]]:
    title, text = (language, f"{language}_text") if language else ("title", "text")
    return [("link", {"title": row[title], "url": row["url"], "text": row[text]}) for row in rows]


def _entry(place: int, row: list[Any]) -> ScheduleEntry:
    day, starts, ends, what, chair, where, who = row
    return ScheduleEntry(
        sort_order=place,
        day=day,
        starts_at=time.fromisoformat(starts) if starts else None,
        ends_at=time.fromisoformat(ends) if ends else None,
        content=what,
        chair=chair,
        place=where,
        participants=who,
    )
