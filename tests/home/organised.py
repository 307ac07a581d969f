"""One page of each kind that the organisation's part of the site has, below the small portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from portal.home.models import (
    ContactPage,
    GuideIndexPage,
    GuidePage,
    LeaderIndexPage,
    LeaderPage,
    LinksPage,
    OrganisationIndexPage,
    OrganisationUnitPage,
    PortalContact,
    ScheduleEntry,
    ScheduleIndexPage,
    ScheduleWeekPage,
    UnitContact,
)
from portal.home.weeks import monday_of
from portal.jobs import clock
from tests.home.trees import Portal

ADDRESSES = [
    "/to-chuc/",
    "/to-chuc/so-noi-vu/",
    "/lanh-dao/",
    "/lanh-dao/chu-tich-ubnd-tinh/",
    "/lich-cong-tac/",
    "/lich-cong-tac/{week}/",
    "/huong-dan/",
    "/huong-dan/cach-khai/",
    "/lien-he/",
    "/dich-vu-cong/",
]
VIEWS = ["/so-do-cong/", "/rss/"]
TEXT = [("paragraph", "<p>Giúp Ủy ban nhân dân tỉnh quản lý.</p>")]


@dataclass
class Organised:
    """The pages that these tests start from."""

    units: OrganisationIndexPage
    unit: OrganisationUnitPage
    leaders: LeaderIndexPage
    leader: LeaderPage
    schedule: ScheduleIndexPage
    week: ScheduleWeekPage
    guides: GuideIndexPage
    guide: GuidePage
    contact: ContactPage
    links: LinksPage

    @property
    def addresses(self) -> list[str]:
        """The addresses of all of them."""
        return [address.format(week=self.week.slug) for address in ADDRESSES]


def organise(portal: Portal) -> Organised:
    """Add the pages."""
    home = portal.home
    units = home.add_child(instance=OrganisationIndexPage(title="Tổ chức bộ máy", slug="to-chuc"))
    unit = add_unit(units, "Sở Nội vụ", summary="Quản lý lao động")
    leaders = home.add_child(instance=LeaderIndexPage(title="Lãnh đạo", slug="lanh-dao"))
    leader = LeaderPage(title="Lương Thị Họa", post="Chủ tịch UBND tỉnh", biography=TEXT)
    leaders.add_child(instance=leader)
    schedule = ScheduleIndexPage(title="Lịch công tác", slug="lich-cong-tac")
    home.add_child(instance=schedule)
    week = add_week(schedule, clock.today(), "Họp giao ban")
    guides = home.add_child(instance=GuideIndexPage(title="Hướng dẫn", slug="huong-dan"))
    steps = [("step", {"title": "Mở trang", "text": "<p>Bấm nút.</p>"})]
    guide = guides.add_child(instance=GuidePage(title="Cách khai", steps=steps, body=TEXT))
    contact = ContactPage(title="Liên hệ", slug="lien-he", in_footer=True)
    contact.contacts = [PortalContact(name="Hoàng Minh Mẫu", post="Thư ký")]
    home.add_child(instance=contact)
    link = {"title": "Dịch vụ công quốc gia", "url": "https://dichvucong.gov.vn", "text": ""}
    links = LinksPage(title="Dịch vụ công", slug="dich-vu-cong", links=[("link", link)])
    home.add_child(instance=links)
    return Organised(units, unit, leaders, leader, schedule, week, guides, guide, contact, links)


def add_unit(parent: Any, title: str, **values: Any) -> OrganisationUnitPage:
    """A unit with a contact officer."""
    page = OrganisationUnitPage(title=title, functions=TEXT, **values)
    page.contacts = [UnitContact(name="Triệu Văn Mẫu", post="Chuyên viên", email="mau@example.vn")]
    parent.add_child(instance=page)
    return page


def add_week(parent: ScheduleIndexPage, day: date, content: str, **values: Any) -> ScheduleWeekPage:
    """The week of a day, with one entry on its Tuesday."""
    page = ScheduleWeekPage(monday=monday_of(day), locale=parent.locale)
    when = {"day": 1, "starts_at": time(8), "ends_at": time(9, 30)}
    page.entries = [ScheduleEntry(content=content, chair="Chủ tịch", **{**when, **values})]
    parent.add_child(instance=page)
    return page
