"""Accounts of superusers are superusers' alone; nobody becomes one by the hand of anybody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.areas.models import User

GROUPS = "groups"


def guard(request: HttpRequest, accounts: Iterable[User] = ()) -> None:
    """Refuse to touch a superuser's account, or to make one, unless a superuser asks."""
    asking = request.user
    if getattr(asking, "is_superuser", False):
        return
    raised = request.method == "POST" and bool(request.POST.get("is_superuser"))
    if raised or any(account.is_superuser for account in accounts):
        raise PermissionDenied


def guard_many(request: HttpRequest, objects: Iterable[Any]) -> None:
    """The same for actions on several accounts at once."""
    guard(request, (each for each in objects if isinstance(each, User)))
