"""Personal data end: drafts after seven days, arrived forms after the days of their form."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from portal.forms import registry
from portal.forms.models import AccessAttempt, Draft, Submission
from portal.jobs import clock

DRAFT_DAYS = 7
ATTEMPT_DAYS = 90
BATCH = 200


def drop_stale() -> int:
    """Delete drafts that nobody touched for seven days, and old attempts; returns the drafts."""
    now = clock.now()
    stale = Draft.objects.filter(touched_at__lt=now - timedelta(days=DRAFT_DAYS))
    count, _by_model = stale.delete()
    AccessAttempt.objects.filter(at__lt=now - timedelta(days=ATTEMPT_DAYS)).delete()
    return count


def erase_due() -> int:
    """Erase what is past its date; the row, its counts and the ledger's entry stay."""
    due = Submission.objects.filter(keep_until__lt=clock.today(), erased_at=None).order_by("pk")
    done = 0
    while keys := list(due.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            done += _erase(keys)
    return done


def _erase(keys: list[int]) -> int:
    for form in registry.all_types().values():
        form.on_erased(keys)
    return Submission.objects.filter(pk__in=keys, erased_at=None).update(
        answers=None,
        code=None,
        salt=None,
        name_key="",
        sort_key="",
        citizen_blind="",
        erased_at=clock.now(),
    )
