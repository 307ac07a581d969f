"""Who sees what: each role against its own, older and foreign communes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from portal.areas.models import Assignment, Role, Unit, UnitSuccession, User, Village
from portal.areas.queries import administers, scope_of
from portal.jobs import clock
from tests.areas.builders import (
    make_commune,
    make_officer,
    make_old_commune,
    make_province,
    make_village,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, Village]:
    """A village in the own commune, in one that went into it, in a divided and a foreign one."""
    own, foreign = make_commune(), make_commune("02473", "Yên Sơn")
    merged = make_old_commune("02551", "Kim Quan", own)
    divided = make_old_commune("02494", "Thái Bình", own, foreign, people="some")
    units = {"own": own, "foreign": foreign, "merged": merged, "divided": divided}
    return {name: make_village(unit, f"Thôn {name}") for name, unit in units.items()}


def _seen(user: User | AnonymousUser, world: dict[str, Village]) -> set[str]:
    visible = set(Village.objects.visible_to(user))
    return {name for name, village in world.items() if village in visible}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.COMMUNE_OFFICER, {"own", "merged"}),
        (Role.PROVINCE_OFFICER, set()),
        (Role.AUDITOR, set()),
        (Role.VILLAGE_HEAD, set()),
    ],
)
def test_a_role_in_the_own_commune(role: str, seen: set[str], world: dict[str, Village]) -> None:
    """A provincial role on a commune opens nothing; people who were divided stay unseen."""
    assert _seen(make_officer("canbo", role, make_commune()), world) == seen


@pytest.mark.parametrize(
    ("role", "everything"),
    [
        (Role.PROVINCE_OFFICER, True),
        (Role.AUDITOR, True),
        (Role.COMMUNE_OFFICER, False),
        (Role.VILLAGE_HEAD, False),
    ],
)
def test_a_role_in_the_province(role: str, everything: bool, world: dict[str, Village]) -> None:
    user = make_officer("canbo", role, make_province())
    assert scope_of(user).everything is everything
    assert _seen(user, world) == (set(world) if everything else set())


def test_another_province_opens_nothing(world: dict[str, Village]) -> None:
    """An officer of a foreign province tries the whole list."""
    user = make_officer("canbo", Role.PROVINCE_OFFICER, make_province("15", "Lào Cai"))
    assert _seen(user, world) == set()


def test_a_village_head_has_the_village_alone(world: dict[str, Village]) -> None:
    user = make_officer("truongthon", Role.VILLAGE_HEAD, make_commune(), village=world["own"])
    scope = scope_of(user)
    assert (scope.everything, scope.unit_ids) == (False, frozenset())
    assert scope.village_ids == {world["own"].pk}


@pytest.mark.parametrize("days", [(-30, -1), (1, None)], ids=["over", "not yet"])
def test_an_assignment_counts_on_its_days_only(
    days: tuple[int, int | None], world: dict[str, Village]
) -> None:
    """An officer whose work is over, or has not begun, opens the list."""
    user = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune(), days=days)
    assert _seen(user, world) == set()


def test_first_and_last_day_are_included(world: dict[str, Village]) -> None:
    user = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune(), days=(0, 0))
    assert _seen(user, world) == {"own", "merged"}


def test_nobody_sees_nothing(world: dict[str, Village]) -> None:
    """Visitors, users without work and switched-off users ask for everything."""
    idle = User.objects.create_user("khong-viec")
    gone = make_officer("da-nghi", Role.PROVINCE_OFFICER, make_province())
    chief = User.objects.create_superuser("quantri-cu")
    gone.is_active = chief.is_active = False
    assert [_seen(one, world) for one in (AnonymousUser(), idle, gone, chief)] == [set()] * 4
    assert not scope_of(None).everything


def test_a_superuser_sees_everything(world: dict[str, Village]) -> None:
    assert _seen(User.objects.create_superuser("quantri"), world) == set(world)


def test_two_communes_add_up(world: dict[str, Village]) -> None:
    user = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune())
    Assignment.objects.create(
        user=user,
        role=Role.COMMUNE_OFFICER,
        unit=world["foreign"].unit,
        valid_from=date(2025, 7, 1),
    )
    assert _seen(user, world) == {"own", "merged", "foreign"}


def test_the_answer_is_kept_for_the_request_and_dropped_with_the_assignment(
    world: dict[str, Village], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Work that is taken away closes at once, even for a user object that lives on."""
    user = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune())
    scope_of(user)
    with django_assert_num_queries(0):
        scope_of(user)
    user.assignments.get().delete()
    assert _seen(user, world) == set()


def test_the_answer_is_not_kept_over_midnight(world: dict[str, Village]) -> None:
    """An assignment that ends today is closed tomorrow, whatever was computed before."""
    user = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune(), days=(0, 0))
    assert _seen(user, world) == {"own", "merged"}
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert _seen(user, world) == set()


def test_work_goes_on_when_only_the_kind_of_the_unit_changes() -> None:
    """The commune became a ward: same people, a new row."""
    commune = make_commune("25270", "Phước Thái")
    user = make_officer("canbo", Role.COMMUNE_OFFICER, commune)
    Unit.objects.filter(pk=commune.pk).update(valid_to=date(2026, 4, 29))
    ward = Unit.objects.create(
        code=commune.code,
        name=commune.name,
        kind="phuong",
        level="commune",
        parent=commune.parent,
        valid_from=date(2026, 4, 30),
        area_type="urban",
    )
    UnitSuccession.objects.create(old=commune, new=ward, part="whole", people="all")
    assert scope_of(user).unit_ids == {commune.pk, ward.pk}


def test_an_officer_of_a_merged_unit_does_not_inherit_the_whole() -> None:
    """Old work in one of two communes that merged must not open the other one's rows."""
    commune = make_commune()
    one, other = make_old_commune("02551", "Kim Quan", commune), make_old_commune("1", "B", commune)
    scope = scope_of(make_officer("canbo", Role.COMMUNE_OFFICER, one))
    assert scope.unit_ids == {one.pk}
    assert other.pk not in scope.unit_ids


def test_only_the_province_and_superusers_give_out_work() -> None:
    """An auditor or commune officer tries to assign people."""
    users = {
        "officer": make_officer("a", Role.PROVINCE_OFFICER, make_province()),
        "auditor": make_officer("b", Role.AUDITOR, make_province()),
        "commune": make_officer("c", Role.COMMUNE_OFFICER, make_commune()),
        "chief": User.objects.create_superuser("d"),
    }
    allowed = {name for name, user in users.items() if administers(user)}
    assert allowed == {"officer", "chief"}


def test_a_scope_costs_few_queries(world: dict[str, Village]) -> None:
    from django.db import connection

    user = User.objects.get(pk=make_officer("x", Role.COMMUNE_OFFICER, make_commune()).pk)
    with CaptureQueriesContext(connection) as queries:
        scope_of(user)
    assert len(queries) <= 3
