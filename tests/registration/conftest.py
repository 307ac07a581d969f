"""A province with a few communes, its officers, and the page of published lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Page, Site

from portal.areas.models import Assignment, Role, Unit, UnitSuccession, User
from portal.areas.officers import forget_scopes
from portal.home.models import HomePage
from portal.jobs import clock
from portal.registration import services
from portal.registration.models import PublishedList, PublishedListIndexPage
from portal.registration.rows import EntryRow
from search.text import fold, sort_key

REFORM = date(2025, 7, 1)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=clock.ZONE)
HEADINGS = ("STT", "Họ và tên chủ hộ", "Thôn", "Xã", "Diện")
ROWS: list[tuple[object, ...]] = [
    (1, "Nguyễn Văn An", "Thôn Bòng", "Tân Trào", "Hộ nghèo"),
    (2, "Nguyễn Văn Ân", "Thôn Bòng", "xã Tân Trào", "hộ cận nghèo"),
    (3, "Ma Thị Đức", "Thôn Tân Lập", "tan trao", "cận nghèo"),
]


@dataclass(frozen=True)
class Units:
    """The units of the tests; `divided` went to both communes, `merged` into one."""

    province: Unit
    tan_trao: Unit
    yen_son: Unit


def make_unit(code: str, name: str, parent: Unit | None, **values: object) -> Unit:
    """A unit in force since the reform, unless said otherwise."""
    level = "commune" if parent else "province"
    defaults: dict[str, object] = {
        "kind": "xa" if parent else "tinh",
        "level": level,
        "valid_from": REFORM,
        "area_type": "rural",
    }
    return Unit.objects.create(
        code=code,
        name=name,
        name_folded=fold(name),
        sort_key=sort_key(name),
        parent=parent,
        **(defaults | values),
    )


@pytest.fixture(autouse=True)
def _monday(db: None) -> Iterator[None]:
    """All tests of the room begin on a Monday morning."""
    forget_scopes()
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def units(db: None) -> Units:
    """Two communes of today, one that was merged and one that was divided in 2025."""
    province = make_unit("08", "Tuyên Quang", None)
    tan_trao = make_unit("02545", "Tân Trào", province)
    yen_son = make_unit("02473", "Yên Sơn", province)
    old = {"valid_from": date(1900, 1, 1), "valid_to": date(2025, 6, 30)}
    merged = make_unit("02548", "Kim Quan", province, **old)
    divided = make_unit("02551", "Trung Yên", province, **old)
    for before, after, part, people in (
        (merged, tan_trao, "whole", "all"),
        (divided, tan_trao, "part", "some"),
        (divided, yen_son, "part", "some"),
    ):
        UnitSuccession.objects.create(old=before, new=after, part=part, people=people)
    return Units(province, tan_trao, yen_son)


def make_officer(name: str, role: str | None, unit: Unit | None) -> User:
    """Somebody who may open the back office, with or without work there."""
    user = User.objects.create_user(name, password="Mat-khau-2026")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if role and unit:
        Assignment.objects.create(user=user, role=role, unit=unit, valid_from=REFORM)
    return user


@pytest.fixture
def province_officer(units: Units) -> User:
    """Sees everything."""
    return make_officer("canbo-tinh", Role.PROVINCE_OFFICER, units.province)


@pytest.fixture
def officer(units: Units) -> User:
    """Works for xã Tân Trào."""
    return make_officer("canbo-tantrao", Role.COMMUNE_OFFICER, units.tan_trao)


@pytest.fixture
def foreign_officer(units: Units) -> User:
    """Works for xã Yên Sơn."""
    return make_officer("canbo-yenson", Role.COMMUNE_OFFICER, units.yen_son)


def row(name: str, village: str, commune: Unit, kind: str = "poor") -> EntryRow:
    """A household."""
    return EntryRow(name, village, commune, kind)


@pytest.fixture
def households(units: Units) -> list[EntryRow]:
    """Three households in two villages of one commune."""
    return [
        row("Nguyễn Văn Ân", "Thôn Bòng", units.tan_trao, "near_poor"),
        row("Nguyễn Văn An", "Thôn Bòng", units.tan_trao),
        row("Ma Thị Đức", "Thôn Tân Lập", units.tan_trao),
    ]


@pytest.fixture
def draft(units: Units, households: list[EntryRow]) -> PublishedList:
    """A draft of xã Tân Trào with its households."""
    made = services.create_list("Hộ nghèo năm 2026", "ho-ngheo-2026", units.tan_trao, None)
    return services.import_rows(made, households, None)


@pytest.fixture
def published(draft: PublishedList) -> PublishedList:
    """The draft, shown from Monday until Thursday."""
    return services.publish_list(draft, date(2026, 11, 23), date(2026, 11, 26), None)


@pytest.fixture
def index_page(db: None) -> PublishedListIndexPage:
    """`/danh-sach/` below a home page."""
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Trang chủ", slug="trang-chu"))
    page: PublishedListIndexPage = home.add_child(
        instance=PublishedListIndexPage(title="Danh sách", slug="danh-sach")
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return page


Workbook = Callable[..., Path]


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """Write a real XLSX file."""

    def write(
        rows: list[tuple[object, ...]] | None = None,
        headings: tuple[str, ...] = HEADINGS,
        name: str = "danh-sach.xlsx",
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Danh sách"
        sheet.append(headings)
        for cells in ROWS if rows is None else rows:
            sheet.append(cells)
        path = tmp_path / name
        book.save(path)
        return path

    return write
