"""Drafts, arrived forms, and the ledger that proves what arrived (design decisions 11-13)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.areas.models import Unit, Village
from portal.areas.scope import ScopedModel
from portal.privacy.append_only import AppendOnlyModel
from portal.privacy.fields import EncryptedJSONField, EncryptedTextField

REFERENCE_LENGTH = 15
HASH_LENGTH = 64


class Filler(models.TextChoices):
    """Who fills in (ai khai)."""

    SELF = "self", _("the person concerned")
    MEMBER = "member", _("a member of the household")
    ON_BEHALF = "on_behalf", _("somebody on their behalf")


class Means(models.TextChoices):
    """How the answers came."""

    WEB = "web", _("on the portal")
    PAPER = "paper", _("typed in by an officer")


class Draft(models.Model):
    """Answers under way; one encrypted value, gone after seven days without sending.

    `key` is the idempotency key that sending spends; whoever has it in the browser's cookie may
    go on. `pages` counts how often each page was saved, which is how two windows notice each
    other. `typed` keeps what could not be taken over yet, so that nothing typed is lost.
    """

    form = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True)
    code = EncryptedTextField()
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    answers = EncryptedJSONField()
    typed = EncryptedJSONField(null=True)
    pages = models.JSONField(default=dict)
    filler = models.CharField(max_length=10, choices=Filler)
    means = models.CharField(max_length=5, choices=Means, default=Means.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    mount = models.PositiveBigIntegerField(null=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return self.reference


class LedgerChain(models.Model):
    """The end of one commune's chain; its row is locked while an entry is added."""

    name = models.CharField(max_length=10, unique=True)
    head = models.CharField(max_length=HASH_LENGTH)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("ledger chain")
        verbose_name_plural = _("ledger chains")

    def __str__(self) -> str:
        return self.name


class LedgerEntry(AppendOnlyModel):
    """That a form arrived (sổ tiếp nhận): nothing in it leads back to a person.

    `hash` = SHA-256(previous ‖ time ‖ form ‖ version ‖ digest); see `portal.forms.ledger`.
    """

    chain = models.ForeignKey(LedgerChain, models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    form = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH)
    hash = models.CharField(max_length=HASH_LENGTH, unique=True)

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="ledger_number")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class Submission(ScopedModel):
    """An arrived form (hồ sơ đã nhận): answers as one encrypted value, columns for scope and lists.

    `unit` is the commune that it belongs to; none means the province. `name_key` is the folded
    name, for officers alone. After `keep_until` answers, code, salt and name are erased; the
    ledger's entry stays and proves nothing but that something arrived.
    """

    class State(models.TextChoices):
        """Where the form stands; case work adds its own states in its own room."""

        SENT = "sent", _("new")
        RECEIVED = "received", _("received")

    unit_path: ClassVar[str] = "unit"
    village_path: ClassVar[str | None] = "village"

    form = models.CharField(_("form"), max_length=40)
    version = models.CharField(_("version of the form"), max_length=20)
    reference = models.CharField(_("reference"), max_length=REFERENCE_LENGTH, unique=True)
    code = EncryptedTextField(null=True)
    key = models.UUIDField(unique=True)
    answers = EncryptedJSONField(null=True)
    salt = models.BinaryField(null=True, max_length=32)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("commune")
    )
    village = models.ForeignKey(
        Village, models.SET_NULL, null=True, related_name="+", verbose_name=_("village")
    )
    name_key = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=400, blank=True)
    citizen_blind = models.CharField(max_length=HASH_LENGTH, blank=True)
    filler = models.CharField(_("filled in by"), max_length=10, choices=Filler)
    means = models.CharField(_("means"), max_length=5, choices=Means)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("typed in by"),
    )
    sent_at = models.DateTimeField(_("sent at"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENT)
    received_at = models.DateTimeField(_("received at"), null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("received by"),
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    keep_until = models.DateField(_("kept until"))
    erased_at = models.DateTimeField(_("erased at"), null=True)
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="submission")

    class Meta:
        verbose_name = _("arrived form")
        verbose_name_plural = _("arrived forms")
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "-sent_at"]),
            models.Index(fields=["form", "-sent_at"]),
            models.Index(fields=["unit", "sort_key"]),
            models.Index(fields=["citizen_blind"]),
            models.Index(fields=["keep_until"], condition=Q(erased_at=None), name="submission_due"),
        ]

    def __str__(self) -> str:
        return self.reference


class AccessAttempt(models.Model):
    """Somebody tried reference and code (nhật ký tra cứu); counts the guesses of the last minutes.

    The reference is kept as it was typed, the network address only as a blind value.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        OPENED = "opened", _("opened")
        WRONG = "wrong", _("wrong")
        BLOCKED = "blocked", _("blocked")

    reference = models.CharField(_("reference"), max_length=REFERENCE_LENGTH)
    address = models.CharField(max_length=HASH_LENGTH)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("access attempt")
        verbose_name_plural = _("access attempts")
        indexes = [
            models.Index(fields=["reference", "at"]),
            models.Index(fields=["address", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.outcome}"
