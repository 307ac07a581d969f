"""What officers do with arrived forms; each verb checks scope, right and state itself."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.areas.models import User
from portal.forms import services
from portal.forms.errors import FormError, StaleRevisionError
from portal.forms.inbox.access import may_decide, may_work
from portal.forms.models import Draft, Means, Submission
from portal.forms.registry import FormType
from portal.jobs import clock

NEW_CODE = "forms.new_code"


class NotYoursError(FormError):
    """The record is not in the user's scope, or the act is not the user's."""

    sentence = _("This is not part of your work.")


class ErasedRecordError(FormError):
    """Nothing can be done with a record whose data have ended."""

    sentence = _("The data of this form were erased at the end of their time.")


class AlreadyReceivedError(FormError):
    """Somebody, perhaps the same officer, was quicker; nothing is wrong."""

    sentence = _("This form has been received already.")


class UsedSheetError(FormError):
    """The start page was sent again after its form had been sent, or the key is somebody else's."""

    sentence = _("This start page has been used already. Begin again for the next sheet.")


def receive(user: User, pk: int, revision: int) -> Submission:
    """Take a form in. Raises `AlreadyReceivedError` for the second of two clicks."""
    record = _decidable(user, pk)
    try:
        return services.mark_received(record, user, revision)
    except StaleRevisionError:
        record.refresh_from_db()
        if record.state == Submission.State.RECEIVED:
            raise AlreadyReceivedError from None
        raise


@transaction.atomic
def give_new_code(user: User, pk: int) -> str:
    """A new code on sight of the paper, written down in the log; the old one is dead."""
    record = _decidable(user, pk, lock=True)
    code = services.reissue_code(record)
    log(record, NEW_CODE, user=user, timestamp=clock.now())
    return code


def begin_for(user: User, form: FormType, filler: str, key: uuid.UUID) -> Draft:
    """Begin a form for somebody who signed on paper; the same key gives the same draft.

    Raises `UsedSheetError` for a key that was spent or does not belong to this officer's sheet:
    the browser would otherwise be handed another person's draft.
    """
    if not may_work(user):
        raise NotYoursError
    if Submission.objects.filter(key=key).exists():
        raise UsedSheetError
    draft = services.start_draft(form, filler=filler, key=key, means=Means.PAPER, by=user)
    begun = (draft.form, draft.filler, draft.means, draft.entered_by_id)
    if begun != (form.id, filler, Means.PAPER, user.pk):
        raise UsedSheetError
    return draft


def _decidable(user: User, pk: int, *, lock: bool = False) -> Submission:
    rows = Submission.objects.visible_to(user)
    record = (rows.select_for_update() if lock else rows).filter(pk=pk).first()
    if record is None or not may_decide(user, record):
        raise NotYoursError
    if record.erased_at:
        raise ErasedRecordError
    return record
