"""What waits for one editor, as kinds with a list each; higher rooms add their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.areas.models import User
from portal.home.base import OwnedPage
from portal.jobs import clock

SOON = timedelta(days=7)
Pages = Callable[[User], QuerySet[Page]]


@dataclass(frozen=True)
class Kind:
    """Pages of one kind; each of `pages(user)` has `due`, the moment or day that matters."""

    name: str
    label: str | Promise
    hint: str | Promise
    pages: Pages


@dataclass(frozen=True)
class Count:
    """Work that is no page; `of(user)` is how much waits, `None` where it is not this user's."""

    label: str | Promise
    view: str
    of: Callable[[User], int | None]


_kinds: dict[str, Kind] = {}
_counts: list[Count] = []


def register(name: str, label: str | Promise, hint: str | Promise, pages: Pages) -> None:
    """`hint` names the column of `due`."""
    _kinds[name] = Kind(name, label, hint, pages)


def register_count(label: str | Promise, view: str, of: Callable[[User], int | None]) -> None:
    """Called from an app's `ready()`; `view` is the name of the address where the work is done."""
    _counts.append(Count(label, view, of))


def counts(user: User) -> list[tuple[Count, int]]:
    """What waits for this user beside pages."""
    found = [(count, count.of(user)) for count in _counts]
    return [(count, waits) for count, waits in found if waits is not None]


def kinds() -> dict[str, Kind]:
    """All kinds in the order of their registration."""
    return _kinds


def own_pages(user: User) -> QuerySet[Page]:
    """The pages that the user may change."""
    found: QuerySet[Page] = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return found


def dated(found: Any, due: Any) -> QuerySet[Page]:
    """With the moment that matters, the nearest first."""
    ordered: QuerySet[Page] = found.annotate(due=due).order_by("due", "pk")
    return ordered


def tasks(user: User) -> QuerySet[Page]:
    """Handed in, and this user's to look at."""
    states = TaskState.objects.reviewable_by(user)
    keys = states.values_list("revision__object_id", flat=True)
    found = Page.objects.filter(pk__in=[int(key) for key in keys if key])
    return dated(found, F("latest_revision_created_at"))


def returned(user: User) -> QuerySet[Page]:
    """Handed in by this user and sent back with a remark."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user
    )
    keys = states.values_list("object_id", flat=True)
    found = Page.objects.filter(pk__in=[int(key) for key in keys])
    return dated(found, F("latest_revision_created_at"))


def expiring(user: User) -> QuerySet[Page]:
    """Public now, gone within a week."""
    now = clock.now()
    found = own_pages(user).filter(live=True, expire_at__gt=now, expire_at__lte=now + SOON)
    return dated(found, F("expire_at"))


def to_review(user: User) -> QuerySet[Page]:
    """Pages whose date of review has passed."""
    names = [
        model._meta.model_name
        for model in apps.get_models()
        if issubclass(model, OwnedPage) and model._meta.get_field("review_on").model is model
    ]
    dates = [f"{name}__review_on" for name in names]
    passed = Q()
    for each in dates:
        passed |= Q(**{f"{each}__lte": clock.today()})
    found = own_pages(user).filter(passed, live=True)
    due = Coalesce(*dates) if len(dates) > 1 else F(dates[0])
    return dated(found, due)


register("duyet", _("Handed in, yours to look at"), _("Handed in on"), tasks)
register("tra-lai", _("Sent back to you"), _("Changed on"), returned)
register("sap-het-han", _("Expire within a week"), _("Expires on"), expiring)
register("ra-soat", _("Review date has passed"), _("Review on"), to_review)
