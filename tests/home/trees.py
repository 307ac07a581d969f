"""A small portal for tests: home page, news, notices, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Locale, Page, Site

from portal.home.models import HomePage, StandardPage
from portal.news.models import (
    ArticlePage,
    Issuer,
    NewsIndexPage,
    NoticeIndexPage,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
    SectionPage,
)
from portal.news.services import create_official_document


@dataclass
class Portal:
    """The pages that most tests start from."""

    home: HomePage
    news: NewsIndexPage
    section: SectionPage
    notices: NoticeIndexPage
    documents: OfficialDocumentIndexPage
    about: StandardPage
    issuer: Issuer

    def article(self, title: str, **values: Any) -> ArticlePage:
        """A live article of the section."""
        page = ArticlePage(title=title, **values)
        self.section.add_child(instance=page)
        return page

    def document(
        self, number: str, title: str = "Kế hoạch thử", *, live: bool = True, **values: Any
    ) -> OfficialDocumentPage:
        """An official document of the provincial committee, issued on 23/09/2024."""
        data = {"issuer": self.issuer, "issued_on": date(2024, 9, 23), **values}
        return create_official_document(
            self.documents, data={"title": title, "number_text": number, **data}, live=live
        )


def plant() -> Portal:
    """Make the tree under a fresh root and let the default site stand on it."""
    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(title="Trang chủ", slug="trang-chu", agency="UBND tỉnh", body=[])
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    news = home.add_child(instance=NewsIndexPage(title="Tin tức", show_in_menus=True))
    notices = home.add_child(instance=NoticeIndexPage(title="Thông báo", show_in_menus=True))
    documents = home.add_child(
        instance=OfficialDocumentIndexPage(title="Văn bản", show_in_menus=True)
    )
    about = home.add_child(instance=StandardPage(title="Giới thiệu", body=[]))
    section = news.add_child(instance=SectionPage(title="Đời sống xã hội"))
    issuer = Issuer.objects.create(name="UBND tỉnh Tuyên Quang", slug="ubnd-tinh")
    return Portal(home, news, section, notices, documents, about, issuer)
