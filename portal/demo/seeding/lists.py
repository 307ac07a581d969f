"""Posted lists, imported from workbooks as an officer would; renewed when they lapsed.

Two of the province, over several communes each, and one of each commune whose officer has an
account: an officer who logs in must find work of the own commune.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from portal.areas.queries import unit_on
from portal.demo.content import Told
from portal.demo.errors import DemoError
from portal.demo.households import FIXED, HEADINGS, households
from portal.demo.places import places_here
from portal.registration import services
from portal.registration.importer import read_list
from portal.registration.models import PublishedList
from portal.tables import write_table

DAYS = 60
NOTE = "Tên người và số liệu trong danh sách này là dữ liệu minh họa."


@dataclass(frozen=True, slots=True)
class DemoList:
    """A list of the demo; the slug gets the day when an older one has lapsed.

    `commune` issued it; none means the province.
    """

    slug: str
    title: str
    seed: int
    count: int
    places: dict[str, tuple[str, ...]]
    fixed: bool = False
    commune: str = ""


LISTS = (
    DemoList(
        "ho-ngheo-ho-can-ngheo-dot-cuoi-nam-khu-vuc-tan-trao",
        "Danh sách hộ nghèo, hộ cận nghèo đợt cuối năm: các xã Tân Trào, Sơn Dương, Minh Thanh",
        167,
        190,
        {
            "Xã Tân Trào": ("Thôn Tân Lập", "Thôn Suối Hoa", "Thôn Đồng Ngọc", "Thôn Bản Mới"),
            "Xã Sơn Dương": ("Thôn Hòa Xuân", "Thôn Đồng Mai"),
            "Xã Minh Thanh": ("Thôn Cây Vải", "Thôn Nà Hoa"),
        },
        fixed=True,
    ),
    DemoList(
        "ho-ngheo-ho-can-ngheo-dot-cuoi-nam-khu-vuc-yen-son",
        "Danh sách hộ nghèo, hộ cận nghèo đợt cuối năm: các xã Yên Sơn, Hùng Lợi, Xuân Vân",
        212,
        150,
        {
            "Xã Yên Sơn": ("Thôn Đồng Xuân", "Thôn Suối Mơ", "Thôn Cây Nhãn"),
            "Xã Hùng Lợi": ("Thôn Nà Xuân", "Thôn Khe Trúc"),
            "Xã Xuân Vân": ("Thôn Bãi Ngô", "Thôn Đồi Chè"),
        },
    ),
    DemoList(
        "ho-ngheo-ho-can-ngheo-xa-tan-trao-ra-soat-bo-sung",
        "Danh sách hộ nghèo, hộ cận nghèo xã Tân Trào sau rà soát bổ sung",
        451,
        24,
        {"Xã Tân Trào": ("Thôn Tân Lập", "Thôn Suối Hoa", "Thôn Bản Mới")},
        commune="02545",
    ),
    DemoList(
        "ho-ngheo-ho-can-ngheo-xa-yen-son-ra-soat-bo-sung",
        "Danh sách hộ nghèo, hộ cận nghèo xã Yên Sơn sau rà soát bổ sung",
        312,
        18,
        {"Xã Yên Sơn": ("Thôn Đồng Xuân", "Thôn Cây Nhãn")},
        commune="02473",
    ),
)


def seed_lists(today: date) -> int:
    """Post each list for 60 days unless a window of it is running; how many were posted."""
    told = places_here(today).told
    wanted = [_retold(item, told) for item in LISTS]
    due = [item for item in wanted if not _is_running(item)]
    for item in due:
        _post(item, today, told)
    return len(due)


def _retold(item: DemoList, told: Told) -> DemoList:
    values = {each.name: told(getattr(item, each.name)) for each in fields(item)}
    return DemoList(**values | {"places": {told(k): v for k, v in item.places.items()}})


def _is_running(item: DemoList) -> bool:
    posted = PublishedList.objects.filter(state=PublishedList.State.PUBLISHED)
    return posted.filter(slug__startswith=item.slug).exists()


@transaction.atomic
def _post(item: DemoList, today: date, told: Told) -> None:
    taken = PublishedList.objects.filter(slug=item.slug).exists()
    slug = f"{item.slug}-{today:%Y%m%d}" if taken else item.slug
    unit = unit_on(item.commune, today) if item.commune else None
    made = services.create_list(item.title, slug, unit, None, demo_note=NOTE)
    rows = households(item.seed, item.places, item.count, fixed=told(FIXED) if item.fixed else ())
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_table(Path(file.name), HEADINGS, rows)
        parsed = read_list(Path(file.name), made, None)
    if parsed.errors:
        raise DemoError(f"{item.slug}: {parsed.errors[0]}")
    made = services.import_rows(made, parsed.rows, None)
    services.publish_list(made, today, today + timedelta(days=DAYS), None)
