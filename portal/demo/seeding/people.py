"""Demo accounts, their groups and assignments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import get_hasher, make_password
from django.db import transaction

from portal.areas.models import Assignment, Role, Unit, User, Village
from portal.areas.queries import unit_on
from portal.demo.places import places_here
from portal.home.models import HomePage
from portal.start.groups import prepare_groups
from portal.start.roles import (
    ADMINISTRATORS,
    CONTRIBUTORS,
    EDITORS,
    LIST_OFFICERS,
    MODERATORS,
    OFFICERS,
    SECTION_EDITORS,
)
from portal.start.tree import english_of
from search.text import name_key

PASSWORD = "Demo-2026"  # noqa: S105  # nosec B105
SINCE = date(2025, 7, 1)
CHIEF = "canbo-tinh"


@dataclass(frozen=True, slots=True)
class Account:
    """One person of the demo; `commune` and `village` limit what an officer sees."""

    username: str
    first_name: str
    last_name: str
    post: str
    groups: tuple[str, ...] = ()
    role: str = ""
    commune: str = ""
    village: str = ""
    superuser: bool = False


ACCOUNTS = (
    Account("quantri", "Trị", "Quản", "Quản trị hệ thống (minh họa)", superuser=True),
    Account("congtacvien", "Thảo", "Vàng", "Cộng tác viên (minh họa)", (CONTRIBUTORS,)),
    Account(
        "bientap-muc", "Minh", "Đặng", "Biên tập viên chuyên mục (minh họa)", (SECTION_EDITORS,)
    ),
    Account(
        "bientap",
        "Hương",
        "Thu",
        "Biên tập viên (minh họa)",
        (EDITORS, MODERATORS),
        Role.PROVINCE_OFFICER,
    ),
    Account("kiemduyet", "Yến", "Lục", "Người kiểm duyệt (minh họa)", (MODERATORS,)),
    Account(
        "canbo-danhsach",
        "Tâm",
        "Triệu",
        "Cán bộ danh sách (minh họa)",
        (LIST_OFFICERS,),
        Role.PROVINCE_OFFICER,
    ),
    Account("quantri-noidung", "Hải", "Phạm", "Quản trị nội dung (minh họa)", (ADMINISTRATORS,)),
    Account(CHIEF, "Mai", "Bàn", "Chuyên viên sở (minh họa)", (OFFICERS,), Role.PROVINCE_OFFICER),
    Account(
        "canbo-tantrao",
        "Thuận",
        "Ma",
        "Công chức xã (minh họa)",
        (OFFICERS,),
        Role.COMMUNE_OFFICER,
        "02545",
    ),
    Account(
        "canbo-yenson",
        "Hương",
        "Nông",
        "Công chức xã (minh họa)",
        (OFFICERS,),
        Role.COMMUNE_OFFICER,
        "02473",
    ),
    Account(
        "truongthon",
        "Sơn",
        "Hà",
        "Trưởng thôn (minh họa)",
        (OFFICERS,),
        Role.VILLAGE_HEAD,
        "02545",
        "Thôn Tân Lập",
    ),
)


def seed_people(home: HomePage, today: date) -> None:
    """Accounts in their groups, assignments; an account that stands keeps its password."""
    homes = [page for page in (home, english_of(home)) if page is not None]
    known, _given = prepare_groups(homes)
    for account in ACCOUNTS:
        user = make_user(account)
        user.groups.set([known[name] for name in account.groups])
        if account.role:
            _assign(user, account, today)


@transaction.atomic
def make_user(account: Account) -> User:
    """The account, made when it is missing, never without its password."""
    user, made = User.objects.get_or_create(
        username=account.username,
        defaults={
            "first_name": account.first_name,
            "last_name": account.last_name,
            "post": account.post,
            "is_superuser": account.superuser,
            "is_staff": account.superuser,
            "email": f"{account.username}@example.vn",
        },
    )
    if made:
        user.password = _hashed(get_hasher().algorithm)
        user.save()
    return user


@cache
def _hashed(algorithm: str) -> str:
    """All accounts have the one printed password, and one hash takes a third of a second."""
    return make_password(PASSWORD, hasher=algorithm)


def _assign(user: User, account: Account, today: date) -> None:
    commune = places_here(today).told(account.commune)
    unit = unit_on(commune or settings.PROVINCE_CODE, today)
    if unit is None:
        return
    Assignment.objects.get_or_create(
        user=user,
        role=account.role,
        unit=unit,
        village=village(unit, account.village) if account.village else None,
        defaults={"valid_from": SINCE},
    )


def village(unit: Unit, name: str) -> Village:
    """A made-up village of a commune; no public list of villages exists."""
    found = Village.objects.filter(unit=unit, name_folded=name_key(name)).first()
    return found or Village.objects.create(unit=unit, name=name, kind="thon")
