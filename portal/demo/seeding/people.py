"""Demo accounts, their groups and assignments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.areas.models import Assignment, Role, Unit, User, Village
from portal.areas.queries import unit_on
from search.text import name_key

PASSWORD = "Demo-2026"  # noqa: S105  # nosec B105
SINCE = date(2025, 7, 1)
EDITORS, OFFICERS = "Biên tập viên", "Cán bộ"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
# Wagtail asks for the rights of its own models, whatever model stands in for them.
FILE_RIGHTS = (
    "add_document",
    "change_document",
    "choose_document",
    "add_image",
    "change_image",
    "choose_image",
)
CODE_LISTS = ("issuer", "field", "documenttype")


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
    Account(
        "bientap", "Hương", "Thu", "Biên tập viên (minh họa)", (EDITORS,), Role.PROVINCE_OFFICER
    ),
    Account(
        "canbo-tinh", "Mai", "Bàn", "Chuyên viên sở (minh họa)", (OFFICERS,), Role.PROVINCE_OFFICER
    ),
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


def seed_people(home: Page, today: date) -> None:
    """Groups, accounts, assignments; an account that stands keeps its password."""
    editors, officers = _groups(home)
    known = {EDITORS: editors, OFFICERS: officers}
    for account in ACCOUNTS:
        user = _user(account)
        user.groups.set([known[name] for name in account.groups])
        if account.role:
            _assign(user, account, today)


def _groups(home: Page) -> tuple[Group, Group]:
    editors = Group.objects.get_or_create(name=EDITORS)[0]
    officers = Group.objects.get_or_create(name=OFFICERS)[0]
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in (editors, officers):
        group.permissions.add(entry)
    for right in PAGE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.get_or_create(group=editors, page=home, permission=permission)
    root = Collection.get_first_root_node()
    rights = Permission.objects.filter(
        content_type__app_label__in=("wagtaildocs", "wagtailimages"), codename__in=FILE_RIGHTS
    )
    for permission in rights:
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=root, permission=permission
        )
    lists = [f"{verb}_{model}" for verb in ("add", "change", "view") for model in CODE_LISTS]
    editors.permissions.add(
        *Permission.objects.filter(content_type__app_label="news", codename__in=lists),
        Permission.objects.get(codename="publish_list"),
    )
    return editors, officers


def _user(account: Account) -> User:
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
        user.set_password(PASSWORD)
        user.save()
    return user


def _assign(user: User, account: Account, today: date) -> None:
    unit = unit_on(account.commune or settings.PROVINCE_CODE, today)
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
