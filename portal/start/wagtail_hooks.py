"""Loaded with the back office: its pages take the names of `labels`; accounts are guarded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from portal.areas.models import User
from portal.start.accounts import guard, guard_many
from portal.start.labels import name_columns

name_columns()


@hooks.register("before_create_user")
def guard_new_user(request: HttpRequest) -> None:
    """No new superuser by who is none."""
    guard(request)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def guard_user(request: HttpRequest, user: User) -> None:
    """No superuser's account is opened or deleted by who is none."""
    guard(request, [user])


@hooks.register("before_bulk_action")
def guard_users(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    """Nor many at once."""
    guard_many(request, objects)
