"""Requests of data subjects, and the verbs of the officers who serve them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.areas.models import User
from portal.areas.queries import administers, scope_of
from portal.jobs import clock
from portal.privacy import deadlines
from portal.privacy.append_only import AppendOnlyModel
from portal.privacy.errors import PrivacyError
from portal.privacy.fields import EncryptedJSONField, EncryptedTextField
from portal.workdays.days import Days, read_days

KEPT_DAYS = 365  # after the end, as the proof that the request was served


class RequestState(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("not answered yet")
    ANSWERED = "answered", _("answered, under way")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


OPEN = (RequestState.RECEIVED, RequestState.ANSWERED)
# What may follow on what; the answer may also be the end.
COURSE: dict[str, tuple[RequestState, ...]] = {
    RequestState.ANSWERED: (RequestState.RECEIVED,),
    RequestState.DONE: OPEN,
    RequestState.REFUSED: OPEN,
}


class RequestRefusedError(PrivacyError):
    """The act is not this user's, or does not fit the state; says no more than that."""


class SubjectRequest(models.Model):
    """A request about one's own data (yêu cầu của chủ thể dữ liệu cá nhân).

    `private` holds name, contact and what is asked, encrypted as one value. The province alone
    handles requests: whoever asks seldom knows which office holds the data.
    """

    class Kind(models.TextChoices):
        """What is asked."""

        SEE = "see", _("see which data about me are kept")
        CORRECT = "correct", _("correct data about me")
        DELETE = "delete", _("delete data about me")
        WITHDRAW = "withdraw", _("withdraw my agreement")

    calendar: Days | None = None

    reference = models.CharField(_("reference"), max_length=15, unique=True)
    code = EncryptedTextField(null=True)
    key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("what is asked"), max_length=10, choices=Kind)
    private = EncryptedJSONField(null=True)
    outcome = EncryptedTextField(null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState, default=RequestState.RECEIVED
    )
    sent_at = models.DateTimeField(_("sent at"))
    answer_by = models.DateField(_("answer until"))
    act_by = models.DateField(_("act until"))
    revision = models.PositiveIntegerField(default=1, editable=False)
    keep_until = models.DateField(_("kept until"), null=True)
    erased_at = models.DateTimeField(_("erased at"), null=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["act_by", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["state", "act_by"]),
            models.Index(
                fields=["keep_until"], condition=Q(erased_at=None), name="subject_request_due"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether something is still owed."""
        return self.state in OPEN

    @property
    def due(self) -> date:
        """The day of the next duty: the answer, then the act."""
        return self.answer_by if self.state == RequestState.RECEIVED else self.act_by

    @property
    def days_left(self) -> int:
        """Until the next duty: working days for the answer, days for the act.

        Whoever shows many requests gives them one `calendar`, else each reads it.
        """
        if self.state == RequestState.RECEIVED:
            return (self.calendar or read_days()).left(self.due, clock.today())
        return (self.due - clock.today()).days

    @property
    def is_late(self) -> bool:
        """Whether a duty's last day has passed."""
        return self.is_open and clock.today() > self.due


class SubjectRequestEvent(AppendOnlyModel):
    """What was done with a request, when and by whom; never changed."""

    request = models.ForeignKey(SubjectRequest, models.PROTECT, related_name="events")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("done by"),
    )
    state = models.CharField(_("state"), max_length=10, choices=RequestState)

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("event of a request")
        default_permissions = ()
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.state}"


def may_see(user: Any) -> bool:
    """Whoever sees the whole province: its officers and auditors."""
    return scope_of(user).everything


def receive(key: Any, kind: str, private: dict[str, str], codes: tuple[str, str]) -> SubjectRequest:
    """Write a request down with its deadlines; runs in the caller's transaction.

    `codes` are reference and code.
    """
    today = clock.today()
    made = SubjectRequest.objects.create(
        reference=codes[0],
        code=codes[1],
        key=key,
        kind=kind,
        private=private,
        sent_at=clock.now(),
        answer_by=deadlines.answer_by(today),
        act_by=deadlines.act_by(kind, today),
    )
    SubjectRequestEvent.objects.create(
        request=made, at=clock.now(), by=None, state=RequestState.RECEIVED
    )
    return made


@transaction.atomic
def advance(user: User, pk: int, revision: int, state: str, outcome: str) -> SubjectRequest:
    """Answer, serve or refuse a request, with the words that whoever asked will read.

    Raises `RequestRefusedError` for others than officers of the province and for a state that
    was changed meanwhile.
    """
    if not administers(user) or state not in COURSE or not outcome:
        raise RequestRefusedError
    values: dict[str, Any] = {"state": state, "outcome": outcome, "revision": revision + 1}
    if state not in OPEN:
        values["keep_until"] = clock.today() + timedelta(days=KEPT_DAYS)
    fitting = SubjectRequest.objects.filter(pk=pk, revision=revision, state__in=COURSE[state])
    if not fitting.update(**values):
        raise RequestRefusedError
    found = SubjectRequest.objects.get(pk=pk)
    SubjectRequestEvent.objects.create(request=found, at=clock.now(), by=user, state=state)
    return found


def erase_due() -> int:
    """Erase what is personal in requests that ended a year ago; their dates stay as proof."""
    due = SubjectRequest.objects.filter(keep_until__lt=clock.today(), erased_at=None)
    return due.update(private=None, outcome=None, code=None, erased_at=clock.now())
