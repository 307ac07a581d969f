"""What a household of four types into its declaration, page by page, as a browser sends it."""

from __future__ import annotations

from collections.abc import Mapping

Typed = Mapping[str, str | list[str]]

GROUP = "thanh-vien"
HOUSE = "nha-o"
PAGES: Mapping[str, Typed] = {
    "noi-o": {},
    "thon": {
        "village": "Thôn Tân Lập",
        "address_detail": "Xóm 3",
        "permanent_same": "yes",
        "phone": "0912345678",
    },
    HOUSE: {
        "wall": "earth_lime_straw",
        "column": "poor_wood_bamboo",
        "roof": "leaf_straw_paper",
        "area_m2": "30",
    },
    "nuoc-va-nha-tieu": {"water": "other", "toilet": "none"},
    "dien-va-thiet-bi": {"devices": ["tv", "smartphone"], "electricity": "45"},
    "tai-san": {
        "assets": ["motorbike"],
        "land": ["annual_crops"],
        "livestock": ["poultry"],
        "signs": ["none"],
    },
    "ly-do": {"request": "poverty", "reason": "Nhà bị lũ cuốn, mất mùa, con còn nhỏ đang đi học."},
}


def _person(name: str, relation: str, sex: str, birth: str, **more: str) -> Typed:
    year, month, day = birth.split("-")
    return {
        "full_name": name,
        "relation": relation,
        "sex": sex,
        "birth_year": year,
        "birth_month": month,
        "birth_day": day,
        "ethnicity": "Tày",
        "insurance": "yes",
        "internet": "yes",
        "disabled": "no",
        "allowance": "no",
        "growth": "no",
        **more,
    }


# Everything that any page asks of a person; a page takes its own.
MEMBERS: tuple[Typed, ...] = (
    _person(
        "Ma Văn Bằng",
        "head",
        "male",
        "1980-03-07",
        citizen="008080000123",
        activity="employed",
        diploma="lower_secondary",
        job="own_account",
    ),
    _person(
        "Hoàng Thị Lan",
        "spouse",
        "female",
        "1983-11-20",
        activity="employed",
        diploma="primary",
        job="family",
    ),
    _person(
        "Ma Thị Huệ",
        "child",
        "female",
        "2009-05-02",
        activity="studying",
        studying="upper_secondary",
        diploma="lower_secondary",
    ),
    _person("Ma Văn Khánh", "child", "male", "2018-08-15", activity="child", studying="primary"),
)


def typed(step: str, member: int | None, commune: str) -> Typed:
    """What is typed into a page of a step; of a member, everything that a page may ask."""
    if member is not None:
        return MEMBERS[member]
    return {"commune": commune} if step == "noi-o" else PAGES[step]
