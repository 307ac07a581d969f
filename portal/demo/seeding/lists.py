"""Two posted lists, imported from workbooks as an officer would; renewed when they lapsed."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from portal.demo.households import HEADINGS, households
from portal.registration import services
from portal.registration.importer import read_list
from portal.registration.models import PublishedList
from portal.tables import write_table

DAYS = 60
NOTE = "Tên người và số liệu trong danh sách này là dữ liệu minh họa."


@dataclass(frozen=True, slots=True)
class DemoList:
    """A list of the demo; the slug gets the day when an older one has lapsed."""

    slug: str
    title: str
    seed: int
    count: int
    places: dict[str, tuple[str, ...]]
    fixed: bool = False


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
)


def seed_lists(today: date) -> None:
    """Post each list for 60 days unless a window of it is running."""
    for item in LISTS:
        running = PublishedList.objects.filter(
            slug__startswith=item.slug, state=PublishedList.State.PUBLISHED
        )
        if not running.exists():
            _post(item, today)


def _post(item: DemoList, today: date) -> None:
    taken = PublishedList.objects.filter(slug=item.slug).exists()
    slug = f"{item.slug}-{today:%Y%m%d}" if taken else item.slug
    made = services.create_list(item.title, slug, None, None, demo_note=NOTE)
    rows = households(item.seed, item.places, item.count, fixed=item.fixed)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_table(Path(file.name), HEADINGS, rows)
        parsed = read_list(Path(file.name), made, None)
    if parsed.errors:
        raise RuntimeError(f"demo list {item.slug}: {parsed.errors[0]}")
    made = services.import_rows(made, parsed.rows, None)
    services.publish_list(made, today, today + timedelta(days=DAYS), None)
