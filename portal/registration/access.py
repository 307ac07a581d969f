"""Who may publish lists, and for which communes; without an assignment nobody (fails closed)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from portal.areas.models import Level, Role, Unit, User
from portal.areas.queries import scope_of, units_of_province
from portal.jobs import clock
from portal.registration.errors import ForeignCommuneError, NotAllowedError
from portal.registration.models import PublishedList

PUBLISH_PERMISSION = "registration.publish_list"


def may_publish(user: User | AnonymousUser) -> bool:
    """Superusers, holders of the permission, officers of the province and of communes.

    An auditor sees everything and changes nothing, even when also an officer of a commune.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser or user.has_perm(PUBLISH_PERMISSION):
        return True
    scope = scope_of(user)
    role = Role.PROVINCE_OFFICER if scope.everything else Role.COMMUNE_OFFICER
    return role.value in scope.roles


def lists_of(user: User | AnonymousUser) -> QuerySet[PublishedList]:
    """The lists that the user may work on."""
    if not may_publish(user):
        return PublishedList.objects.none()
    return PublishedList.objects.visible_to(user)


def check_unit(user: User | None, unit: Unit | None) -> None:
    """May this user issue a list of this unit? No user is the operator's command.

    Only the province (no unit) and its communes of today issue lists, whoever asks.
    """
    if user is None:
        return
    if not may_publish(user):
        raise NotAllowedError
    scope = scope_of(user)
    if not scope.everything and (unit is None or unit.pk not in scope.unit_ids):
        raise NotAllowedError
    if unit is not None and not _issues_lists(unit):
        raise NotAllowedError


def _issues_lists(unit: Unit) -> bool:
    communes = units_of_province(settings.PROVINCE_CODE, clock.today())
    return communes.filter(pk=unit.pk).exists()


def communes_allowed(user: User | None, target: PublishedList) -> frozenset[int] | None:
    """Ids of the communes whose households may stand on the list; `None` means any.

    A commune's list holds its own people; the province's list those the user may see.
    """
    if target.unit is not None and target.unit.level == Level.COMMUNE:
        return frozenset({target.unit.pk})
    if user is not None and not (scope := scope_of(user)).everything:
        return scope.unit_ids
    return None


def check_communes(user: User | None, target: PublishedList, communes: set[int]) -> None:
    """Refuse rows of any other commune."""
    allowed = communes_allowed(user, target)
    if allowed is not None and communes - allowed:
        raise ForeignCommuneError
