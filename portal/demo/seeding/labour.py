"""Campaigns of the demo: that of plan 167/KH-UBND as far as it was public, and one under way."""

from __future__ import annotations

from datetime import date, timedelta

from wagtail.models import Page

from portal.areas.queries import unit_on
from portal.demo.seeding.pages import child, stream
from portal.labour.models import CampaignFigure, CampaignPage
from portal.news.models import OfficialDocumentPage

PLAN = "167/KH-UBND"
OLD_UNITS = ("070", "071", "072", "073", "074", "075", "076")  # until 30/06/2025, 137 communes
CITY = "070"
BEGAN = date(2024, 10, 1)
TEXT = """
# Ai được thu thập
Người từ đủ 15 tuổi trở lên đang sinh sống trên địa bàn tỉnh có thay đổi về trình độ hoặc việc làm.
# Cách làm
* Tổ công tác Đề án 06 của xã thu phiếu giấy theo Mẫu số 03 của Thông tư 11/2022/TT-BLĐTBXH; nòng cốt là công chức phụ trách lao động và công an xã.
* Thu đến đâu bàn giao đến đó: phiếu trong ngày được chuyển cho công an xã nhập vào Cơ sở dữ liệu quốc gia về dân cư.
* Xã báo cáo tiến độ hằng tuần và chịu trách nhiệm về tính chính xác.
"""  # noqa: E501
SOURCES = """
Bài viết trên Cổng thông tin điện tử tỉnh về Kế hoạch 167/KH-UBND ngày 23/9/2024
Chỉ tiêu của sáu huyện nằm trong phụ lục của kế hoạch, chưa tìm được
"""


def seed_campaigns(index: Page, plan: OfficialDocumentPage | None, today: date) -> None:
    """Campaigns that do not stand yet, by title; that of the plan only where the plan is told."""
    if plan is not None:
        _seed_of_the_plan(index, plan)
    _seed_running(index, today)


def _seed_of_the_plan(index: Page, plan: OfficialDocumentPage) -> None:
    child(
        index,
        CampaignPage,
        "Thu thập thông tin về người lao động năm 2024",
        "thu-thap-2024",
        plan=plan,
        starts_on=BEGAN,
        ends_on=date(2024, 10, 31),
        lead="Người từ đủ 15 tuổi trở lên có thay đổi về trình độ hoặc việc làm: 31.369 người, "
        "trong đó thành phố Tuyên Quang 3.591 người.",
        body=stream(TEXT),
        target=31_369,
        figures=_figures(),
        result_label="năm 2023",
        result_employed=492_537,
        result_unemployed=770,
        result_inactive=85_019,
        result="Hơn 18.000 người chưa thu thập được do đã chết, đã chuyển đi nơi khác hoặc đang "
        "chấp hành án.",
        sources=SOURCES,
        demo_note="Trang dựng lại từ thông tin công khai: dữ liệu lịch sử theo bản đồ hành chính "
        "trước ngày 01/7/2025.",
    )


def _seed_running(index: Page, today: date) -> None:
    child(
        index,
        CampaignPage,
        "Cập nhật thông tin người lao động (đợt minh họa)",
        "dot-minh-hoa",
        starts_on=today - timedelta(days=10),
        ends_on=today + timedelta(days=50),
        lead="Đợt thu thập minh họa để chạy thử phiếu khai trên cổng.",
        target=12_000,
        collected=4_380,
        demo_note="Đợt này và mọi số liệu của nó là dữ liệu minh họa.",
    )


def _figures() -> list[CampaignFigure]:
    """The target of the city; those of the six districts were not made public."""
    units = [unit_on(code, BEGAN) for code in OLD_UNITS]
    return [
        CampaignFigure(unit=unit, target=3_591 if unit.code == CITY else None)
        for unit in units
        if unit is not None
    ]
