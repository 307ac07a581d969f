"""Two sheets of one person: both are kept, an officer who sees both says which one counts.

Neighbours know a citizen number. A sheet that anybody sends under it therefore replaces nothing by
itself: until an officer decides, the first one counts and the new one waits.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.areas.models import User
from portal.forms.errors import FormError
from portal.forms.inbox.access import may_decide
from portal.forms.inbox.services import ErasedRecordError, NotYoursError
from portal.forms.models import Submission
from portal.jobs import clock
from portal.labour import queries
from portal.labour.models import WorkerSheet


class DecidedError(FormError):
    """Somebody else decided, or nothing had to be decided."""

    sentence = _("Nothing waits for a decision here any more. Look at it again.")


class OtherCommuneError(FormError):
    """The sheet that counts now is another commune's."""

    sentence = _(
        "The sheet that counts now belongs to another commune, so the province decides on this one."
    )


def replaces(submission: Submission) -> bool:
    """Whether a sheet counts at once although another one of the same person did.

    So it is only for what an officer typed in from a signed paper: the name must be the same, and
    the officer must see all that is replaced.
    """
    officer = submission.entered_by
    if officer is None:
        return False
    others = queries.current_sheets_of(submission)
    same = others.filter(submission__name_key=submission.name_key)
    return same.visible_to(officer).count() == others.count()


def may_settle(user: User, submission: Submission) -> bool:
    """Whether this user sees all sheets that the decision is about."""
    others = queries.current_sheets_of(submission)
    return not others.exclude(pk__in=others.visible_to(user).values("pk")).exists()


@transaction.atomic
def settle(user: User, pk: int, *, counts: bool) -> WorkerSheet:
    """Let a waiting sheet count in place of the person's other one, or keep it as history.

    Raises `NotYoursError`, `ErasedRecordError`, `DecidedError`, `OtherCommuneError`.
    """
    submission = Submission.objects.visible_to(user).select_for_update().filter(pk=pk).first()
    if submission is None or not may_decide(user, submission):
        raise NotYoursError
    if submission.erased_at:
        raise ErasedRecordError
    if not may_settle(user, submission):
        raise OtherCommuneError
    values = {"waiting": False, "decided_by": user, "decided_at": clock.now()}
    # The condition is part of the update: of two officers at once one decides.
    if not WorkerSheet.objects.filter(pk=pk, waiting=True).update(**values):
        raise DecidedError
    if counts:
        queries.current_sheets_of(submission).update(current=False)
        WorkerSheet.objects.filter(pk=pk).update(current=True)
    return WorkerSheet.objects.get(pk=pk)
