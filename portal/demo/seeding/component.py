"""Sites of a department and two communes, their editors, and what they offer to the province."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wagtail.models import Page

from portal.areas.models import User
from portal.demo import content
from portal.demo.places import told_here
from portal.demo.seeding.pages import child, marked, stream
from portal.demo.seeding.people import Account, make_user
from portal.home import component_offers
from portal.home.component_models import ComponentSite, NewsOffer
from portal.home.models import ComponentHomePage, ComponentIndexPage, HomePage, StandardPage
from portal.jobs import clock
from portal.news.models import (
    ArticlePage,
    Issuer,
    IssuerIndexPage,
    NewsIndexPage,
    NoticeIndexPage,
    NoticePage,
    SectionPage,
)
from portal.start.tree import add_page

IMPRINT = ("agency", "responsible_person", "address", "introduction", "kind")


def seed_components(home: HomePage, tree: dict[str, Page], today: date) -> None:
    """The index and each unit's site; what stands is left."""
    raw = content.components(told_here(today))
    index = child(
        home,
        ComponentIndexPage,
        raw["title"],
        raw["slug"],
        menu=True,
        introduction=raw["introduction"],
    )
    for unit in raw["unit"]:
        page = _site(index, unit)
        editor = _editor(page, unit["editor"])
        for article in unit["article"]:
            _article(page, article, today)
        _offers(page, unit["article"], tree, editor)


def _site(index: Page, raw: dict[str, Any]) -> Page:
    values = {name: raw[name] for name in IMPRINT}
    page = child(index, ComponentHomePage, raw["title"], raw["slug"], **values)
    news = child(page, NewsIndexPage, "Tin tức", "tin-tuc", menu=True)
    for section in raw["section"]:
        child(news, SectionPage, section["title"], "", introduction=section["introduction"])
    notices = child(page, NoticeIndexPage, "Thông báo", "thong-bao", menu=True)
    notice, today = raw["notice"], clock.today()
    days: dict[str, Any] = {
        "valid_from": today,
        "valid_until": today + timedelta(days=notice["days"]),
    }
    child(
        notices,
        NoticePage,
        notice["title"],
        "",
        agency=raw["title"],
        body=marked(notice["text"]),
        **days,
    )
    issuer = Issuer.objects.filter(slug=raw["issuer"]).first()
    if issuer is not None:
        child(page, IssuerIndexPage, "Văn bản", "van-ban", menu=True, issuer=issuer)
    about = {"owner_name": raw["title"], "body": stream(raw["about"])}
    child(page, StandardPage, "Giới thiệu", "gioi-thieu", menu=True, **about)
    return page


def _editor(page: Page, raw: dict[str, Any]) -> User:
    """A person of the unit in the group that was made with its site."""
    post = f"Biên tập viên {page.title} (minh họa)"
    user = make_user(Account(post=post[:100], **raw))
    made = ComponentSite.objects.select_related("editors").get(page=page.pk)
    if made.editors is not None:
        user.groups.add(made.editors)
    return user


def _article(page: Page, raw: dict[str, Any], today: date) -> None:
    section = SectionPage.objects.descendant_of(page).get(title=raw["section"])
    if ArticlePage.objects.child_of(section).filter(title=raw["title"]).exists():
        return
    day = today - timedelta(days=raw["days_ago"])
    moment = content.moment(day, raw["time"], clock.ZONE)
    article = ArticlePage(
        title=raw["title"],
        lead=raw["lead"],
        body=marked(raw["text"]),
        published_at=moment,
        byline=raw["byline"],
    )
    article.tags.add(*raw["tags"])
    add_page(section, article)


def _offers(page: Page, articles: list[dict[str, Any]], tree: dict[str, Page], by: User) -> None:
    """One waits, one was taken over, one was declined: what each looks like in the queue."""
    chief = User.objects.filter(is_superuser=True).order_by("pk").first()
    for raw in articles:
        found = ArticlePage.objects.descendant_of(page).filter(title=raw["title"]).first()
        known = found is None or NewsOffer.objects.filter(page=found.pk).exists()
        if known or found is None or "offer" not in raw or chief is None:
            continue
        offer = component_offers.offer(found, by, raw.get("note", ""))
        if raw["offer"] == "taken":
            section = Page.objects.get(pk=tree[raw["take_into"]].pk)
            copy = component_offers.take_over(offer.pk, section, chief)
            copy.get_latest_revision().publish()
        elif raw["offer"] == "declined":
            component_offers.decline(offer.pk, chief, raw["reason"])
