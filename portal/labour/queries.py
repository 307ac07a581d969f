"""Reads of the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from portal.areas.models import Unit, User
from portal.areas.scope import ScopedQuerySet
from portal.forms.models import Submission
from portal.home.base import is_open
from portal.labour import models

if TYPE_CHECKING:
    from portal.labour.pages import CampaignPage


def waiting_sheets(user: User | AnonymousUser) -> QuerySet[models.WorkerSheet]:
    """Sheets of the user's area beside which another one of the same person counts."""
    waiting = models.WorkerSheet.objects.filter(waiting=True, submission__erased_at=None)
    return waiting.visible_to(user)


def current_sheets() -> QuerySet[models.WorkerSheet]:
    """What totals count: one sheet a person, and none whose answers were erased.

    With the answers goes the blind citizen number, so that a later sheet of the same person could
    not replace an erased one any more.
    """
    return models.WorkerSheet.objects.filter(current=True, submission__erased_at=None)


def current_sheets_of(submission: Submission) -> ScopedQuerySet[models.WorkerSheet]:
    """The current sheet of the same person, in whatever commune; none without a number."""
    if not submission.citizen_blind:
        return models.WorkerSheet.objects.none()
    same = models.WorkerSheet.objects.filter(submission__citizen_blind=submission.citizen_blind)
    return same.filter(current=True).exclude(pk=submission.pk)


def campaigns() -> QuerySet[CampaignPage]:
    """Live, open campaigns, the newest first, without their long texts."""
    found: QuerySet[CampaignPage] = (
        models.CampaignPage.objects.live()
        .filter(is_open())
        .defer_streamfields()
        .order_by("-starts_on", "-pk")
    )
    return found


def running_campaigns(on: date) -> QuerySet[CampaignPage]:
    """Campaigns that collect on that day, the first to end first."""
    running = campaigns().filter(starts_on__lte=on, ends_on__gte=on)
    return running.order_by("ends_on", "-pk")


def units_with_communes(keys: Iterable[int]) -> dict[int, Unit]:
    """Units by id, each with `communes`, the number of communes that hang on it."""
    found = Unit.objects.filter(pk__in=keys).annotate(communes=Count("children"))
    return {unit.pk: unit for unit in found}
