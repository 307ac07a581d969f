"""Who sees arrived forms and who works on them; without an assignment nobody (fails closed)."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from portal.areas.models import Role, User
from portal.areas.queries import scope_of
from portal.forms.models import Submission

LOCAL = frozenset({Role.COMMUNE_OFFICER.value, Role.VILLAGE_HEAD.value})
PROVINCIAL = frozenset({Role.PROVINCE_OFFICER.value})


def may_see(user: User | AnonymousUser) -> bool:
    """Whoever has an area, auditors of the province included."""
    scope = scope_of(user)
    return scope.everything or bool(scope.unit_ids or scope.village_ids)


def may_work(user: User | AnonymousUser) -> bool:
    """Type in and export: officers, and village heads for their village.

    An auditor sees everything and changes nothing, even when also an officer of a commune.
    """
    if not isinstance(user, User) or not may_see(user):
        return False
    scope = scope_of(user)
    wanted = PROVINCIAL if scope.everything else LOCAL
    return user.is_superuser or bool(wanted & scope.roles)


def may_decide(user: User | AnonymousUser, record: Submission) -> bool:
    """Take in and give new codes: the commune's own officers, and those of the province.

    A village head sees the forms of the village; taking them in is the commune's act.
    """
    scope = scope_of(user)
    return may_work(user) and (scope.everything or record.unit_id in scope.unit_ids)
