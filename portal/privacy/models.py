"""Proofs of consent and the log of who read personal data (Luật 91/2025/QH15)."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.areas.models import Unit
from portal.areas.scope import ScopedQuerySet
from portal.privacy.append_only import AppendOnlyModel, AppendOnlyQuerySet

M = TypeVar("M", bound=models.Model)


class ConsentRecord(AppendOnlyModel):
    """That somebody consented (sự đồng ý) or was informed, and under which wording.

    `subject_ref` is a reference or a blind index, never a name or number. The law asks that
    consent can be proved: the wording itself is kept with its form, its SHA-256 stands here.
    """

    class Means(models.TextChoices):
        """How it was given."""

        WEB_FORM = "web_form", _("form on the portal")
        PAPER = "paper", _("on paper")
        SPOKEN = "spoken", _("spoken, written down by an officer")

    subject_kind = models.CharField(_("kind of subject"), max_length=60)
    subject_ref = models.CharField(_("reference of subject"), max_length=80)
    purpose = models.CharField(_("purpose"), max_length=60)
    wording_version = models.CharField(_("wording version"), max_length=40)
    wording_hash = models.CharField(_("wording digest"), max_length=64)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    given_at = models.DateTimeField(_("given at"))
    means = models.CharField(_("means"), max_length=10, choices=Means)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("record of consent")
        verbose_name_plural = _("records of consent")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_ref", "purpose"])]

    def __str__(self) -> str:
        return f"{self.subject_kind}: {self.purpose}"


class ReadEventQuerySet(AppendOnlyQuerySet[M], ScopedQuerySet[M]):  # type: ignore[override]
    """Append-only, and seen by area."""


class ReadEvent(AppendOnlyModel):
    """An officer read personal data (nhật ký truy cập); names the record, not the person in it."""

    class Action(models.TextChoices):
        """What was done with the data."""

        READ = "read", _("read")
        LIST = "list", _("listed")
        EXPORT = "export", _("exported")
        PRINT = "print", _("printed")

    unit_path: ClassVar[str] = "unit"
    village_path: ClassVar[str | None] = None

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user")
    )
    action = models.CharField(_("action"), max_length=10, choices=Action)
    record_kind = models.CharField(_("kind of record"), max_length=80)
    record_id = models.CharField(_("record"), max_length=64)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    at = models.DateTimeField(_("time"))

    objects = ReadEventQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("read event")
        verbose_name_plural = _("read log")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at"]),
            models.Index(fields=["user", "at"]),
            models.Index(fields=["record_kind", "record_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}"


from portal.privacy.subject_requests import SubjectRequest, SubjectRequestEvent  # noqa: E402

__all__ = ["ConsentRecord", "ReadEvent", "SubjectRequest", "SubjectRequestEvent"]
