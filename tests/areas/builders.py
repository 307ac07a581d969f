"""Small worlds for tests: a province, its communes, villages and officers."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import Permission

from portal.areas.models import (
    UNKNOWN_START,
    Assignment,
    Kind,
    Level,
    Unit,
    UnitSuccession,
    User,
    Village,
)
from portal.areas.services import area_type_of
from portal.jobs import clock

REFORM = date(2025, 7, 1)
LAST_OLD_DAY = date(2025, 6, 30)
PASSWORD = "Demo-2026"


def _unit(code: str, name: str, kind: str, level: str, parent: Unit | None, start: date) -> Unit:
    values = {"name": name, "kind": kind, "level": level, "parent": parent}
    unit, _new = Unit.objects.get_or_create(
        code=code, valid_from=start, defaults=values | {"area_type": area_type_of(kind)}
    )
    return unit


def make_province(code: str = "08", name: str = "Tuyên Quang") -> Unit:
    """A province of today; the portal's own by default."""
    return _unit(code, name, Kind.TINH, Level.PROVINCE, None, REFORM)


def make_commune(
    code: str = "02545",
    name: str = "Tân Trào",
    *,
    kind: str = Kind.XA,
    province: Unit | None = None,
) -> Unit:
    """A commune of today."""
    return _unit(code, name, kind, Level.COMMUNE, province or make_province(), REFORM)


def make_old_commune(code: str, name: str, *new: Unit, people: str = "all") -> Unit:
    """A commune that ended on 30 June 2025 and went into the given ones."""
    old = _unit(code, name, Kind.XA, Level.COMMUNE, None, UNKNOWN_START)
    Unit.objects.filter(pk=old.pk).update(valid_to=LAST_OLD_DAY)
    part = "whole" if len(new) == 1 else "part"
    for unit in new:
        UnitSuccession.objects.create(old=old, new=unit, part=part, people=people)
    old.refresh_from_db()
    return old


def make_village(unit: Unit, name: str = "Thôn Cả", kind: str = "thon") -> Village:
    """A village of a commune."""
    return Village.objects.create(unit=unit, name=name, kind=kind)


def make_officer(
    username: str,
    role: str,
    unit: Unit,
    *,
    village: Village | None = None,
    days: tuple[int, int | None] = (-30, None),
    permissions: tuple[str, ...] = (),
) -> User:
    """A user with one assignment, from and until so many days from today; both included."""
    user = User.objects.create_user(username, f"{username}@example.org", PASSWORD)
    today = clock.today()
    first, last = days
    Assignment.objects.create(
        user=user,
        role=role,
        unit=unit,
        village=village,
        valid_from=today + timedelta(days=first),
        valid_to=None if last is None else today + timedelta(days=last),
    )
    codenames = ("access_admin", *permissions) if permissions else ()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user
