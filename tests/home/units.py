"""A portal with the sites of two units, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from portal.areas.models import User
from portal.home.component_models import ComponentSite
from portal.home.models import ComponentHomePage, ComponentIndexPage, StandardPage
from portal.news.models import (
    ArticlePage,
    Issuer,
    IssuerIndexPage,
    NewsIndexPage,
    NoticeIndexPage,
    SectionPage,
)

OWN_HOST = "tantrao.example.vn"


@dataclass
class UnitSite:
    """One unit's site with its editor."""

    home: ComponentHomePage
    section: SectionPage
    notices: NoticeIndexPage
    about: StandardPage
    editor: User

    def article(self, title: str, **values: Any) -> ArticlePage:
        """A live article of the unit."""
        page = ArticlePage(title=title, **values)
        self.section.add_child(instance=page)
        return page


def open_index(home: Page) -> ComponentIndexPage:
    """The page that all units stand below."""
    index = ComponentIndexPage(title="Đơn vị", slug="don-vi", show_in_menus=True)
    home.add_child(instance=index)
    return index


def open_unit(index: Page, title: str, **values: Any) -> UnitSite:
    """A unit with one of everything and an editor of its own."""
    home = ComponentHomePage(title=title, **values)
    index.add_child(instance=home)
    news = home.add_child(instance=NewsIndexPage(title="Tin tức", show_in_menus=True))
    section = news.add_child(instance=SectionPage(title="Tin trong xã"))
    notices = home.add_child(instance=NoticeIndexPage(title="Thông báo", show_in_menus=True))
    about = home.add_child(instance=StandardPage(title="Giới thiệu", body=[], show_in_menus=True))
    issuer = Issuer.objects.create(name=f"UBND {title}")
    home.add_child(
        instance=IssuerIndexPage(title="Văn bản", slug="van-ban", issuer=issuer, show_in_menus=True)
    )
    editor = User.objects.create_user(f"bientap-{home.slug}", last_name="Ma", first_name="Hiền")
    group = ComponentSite.objects.get(page=home).editors
    assert group is not None
    editor.groups.add(group)
    return UnitSite(home, section, notices, about, editor)
