"""What an officer may see today, from the assignments (design decision 10: fails closed)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from portal.areas.models import Assignment, Level, Role, Unit, User
from portal.areas.succession import is_valid, renamed, same_people, units_of_province
from portal.jobs import clock

PROVINCE_ROLES = frozenset({Role.PROVINCE_OFFICER.value, Role.AUDITOR.value})
_CACHE = "_areas_scope"
_generations = count(1)
_generation = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody may see: everything, or units and villages by id; `roles` held today."""

    everything: bool
    unit_ids: frozenset[int]
    village_ids: frozenset[int]
    roles: frozenset[str] = frozenset()


NOTHING = Scope(everything=False, unit_ids=frozenset(), village_ids=frozenset())
EVERYTHING = Scope(everything=True, unit_ids=frozenset(), village_ids=frozenset())


def scope_of(user: User | AnonymousUser | None) -> Scope:
    """The scope of a user today; nothing for nobody, inactive users and users without work.

    An officer or auditor of the portal's province sees everything, a commune officer the commune
    and the older units whose people all went there, a village head the village alone. The answer
    stays on the user object, that is for one request, until the day or an assignment changes.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return NOTHING
    if user.is_superuser:
        return EVERYTHING
    stamp = (clock.today(), _generation, settings.PROVINCE_CODE)
    kept: tuple[object, Scope] | None = getattr(user, _CACHE, None)
    if kept is None or kept[0] != stamp:
        kept = (stamp, _computed(user))
        setattr(user, _CACHE, kept)
    return kept[1]


def forget_scopes(**_signal: object) -> None:
    """Answers kept on user objects of this process no longer count."""
    global _generation  # noqa: PLW0603
    _generation = next(_generations)


def assignments_of(user: User, on: date) -> QuerySet[Assignment]:
    """The assignments in force on a day, both ends included."""
    return Assignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), user=user, valid_from__lte=on
    )


def administers(user: User | AnonymousUser | None) -> bool:
    """Superusers and officers of the province: who may give out work; never an auditor."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    scope = scope_of(user)
    provincial = scope.everything and Role.PROVINCE_OFFICER.value in scope.roles
    return bool(user.is_superuser) or provincial


def own_units(user: User | AnonymousUser | None, *, kept: int | None = None) -> QuerySet[Unit]:
    """Communes of today in the user's scope, and the unit that a row already has."""
    communes = units_of_province(settings.PROVINCE_CODE, clock.today())
    scope = scope_of(user)
    if not scope.everything:
        communes = communes.filter(pk__in=scope.unit_ids)
    return Unit.objects.filter(Q(pk__in=communes.values("pk")) | Q(pk=kept))


def keeps_villages(user: User | AnonymousUser | None) -> bool:
    """The province and the officers of communes; a village head and an auditor only read."""
    return administers(user) or Role.COMMUNE_OFFICER.value in scope_of(user).roles


def _computed(user: User) -> Scope:
    today = clock.today()
    held = list(assignments_of(user, today).select_related("unit"))
    provincial = {
        work.role for work in held if work.role in PROVINCE_ROLES and _is_province(work.unit, today)
    }
    communes = {
        unit.pk
        for work in held
        for unit in (work.unit, renamed(work.unit, today))
        if work.role == Role.COMMUNE_OFFICER and work.unit.level == Level.COMMUNE
    }
    villages = frozenset(
        work.village_id
        for work in held
        if work.role == Role.VILLAGE_HEAD and work.village_id is not None
    )
    roles = provincial | {work.role for work in held if work.role not in PROVINCE_ROLES}
    if provincial:
        return Scope(True, frozenset(), frozenset(), frozenset(roles))
    return Scope(False, same_people(communes), villages, frozenset(roles))


def _is_province(unit: Unit, today: date) -> bool:
    """Whether a unit is the province of this portal today."""
    if unit.level != Level.PROVINCE or unit.code != settings.PROVINCE_CODE:
        return False
    return is_valid(renamed(unit, today), today)
