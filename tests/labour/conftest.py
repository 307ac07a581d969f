"""A province with communes of both maps, and a portal with a page for labour."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.areas.models import Kind, Level, Unit
from portal.labour.models import CampaignFigure, CampaignPage, LabourIndexPage
from tests.areas.builders import LAST_OLD_DAY, make_commune, make_province, make_village
from tests.home.trees import Portal, plant


@pytest.fixture
def communes(db: Any) -> dict[str, Unit]:
    """Tân Trào with a village and Sơn Dương, and a commune of another province."""
    elsewhere = make_province("01", "Hà Nội")
    made = {
        "tan_trao": make_commune(),
        "son_duong": make_commune("02524", "Sơn Dương"),
        "elsewhere": make_commune("00004", "Ba Đình", kind=Kind.PHUONG, province=elsewhere),
    }
    make_village(made["tan_trao"])
    return made


@pytest.fixture
def portal(db: Any, settings: Any) -> Portal:
    """The small portal; every page is built anew."""
    settings.PAGE_CACHE_SECONDS = 0
    return plant()


@pytest.fixture
def index(portal: Portal) -> LabourIndexPage:
    """`/lao-dong/`."""
    page = LabourIndexPage(title="Lao động - Việc làm", slug="lao-dong", show_in_menus=True)
    portal.home.add_child(instance=page)
    return page


OLD_UNITS = (
    ("070", "Tuyên Quang", Kind.THANH_PHO, 15),
    ("071", "Lâm Bình", Kind.HUYEN, 10),
    ("072", "Na Hang", Kind.HUYEN, 12),
    ("073", "Chiêm Hóa", Kind.HUYEN, 24),
    ("074", "Hàm Yên", Kind.HUYEN, 18),
    ("075", "Yên Sơn", Kind.HUYEN, 28),
    ("076", "Sơn Dương", Kind.HUYEN, 30),
)


@pytest.fixture
def districts(db: Any) -> list[Unit]:
    """The seven district-level units of before July 2025 with their 137 communes."""
    return [_district(*row) for row in OLD_UNITS]


def _district(code: str, name: str, kind: str, communes: int) -> Unit:
    old: dict[str, Any] = {"valid_to": LAST_OLD_DAY, "area_type": "rural"}
    unit = Unit.objects.create(code=code, name=name, kind=kind, level=Level.DISTRICT, **old)
    for number in range(communes):
        Unit.objects.create(
            code=f"{code}{number:02}",
            name=f"{name} {number}",
            kind=Kind.XA,
            level=Level.COMMUNE,
            parent=unit,
            **old,
        )
    return unit


@pytest.fixture
def campaign(portal: Portal, index: LabourIndexPage, districts: list[Unit]) -> CampaignPage:
    """The collection of 2024 under plan 167/KH-UBND, as far as it was made public."""
    page = CampaignPage(
        title="Thu thập thông tin người lao động năm 2024",
        slug="thu-thap-2024",
        plan=portal.document("167/KH-UBND", "Kế hoạch thu thập thông tin người lao động"),
        starts_on=date(2024, 10, 1),
        ends_on=date(2024, 10, 31),
        lead="Người từ đủ 15 tuổi có thay đổi về trình độ hoặc việc làm.",
        body=[("paragraph", "<p>Xã thu phiếu giấy theo phương thức cuốn chiếu.</p>")],
        target=31_369,
        result_label="năm 2023",
        result_employed=492_537,
        result_unemployed=770,
        result_inactive=85_019,
        result="Hơn 18.000 người chưa thu thập được.",
        sources="Bài viết trên cổng của tỉnh về Kế hoạch 167/KH-UBND",
        demo_note="Dựng lại từ thông tin công khai.",
    )
    page.figures = [
        CampaignFigure(unit=unit, target=3_591 if unit.code == "070" else None)
        for unit in districts
    ]
    index.add_child(instance=page)
    return page
