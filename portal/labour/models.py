"""Worker sheets as far as totals need them; the answers stay encrypted with the submission."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.areas.scope import ScopedModel
from portal.forms.models import Submission


class WorkerSheet(ScopedModel):
    """One sheet about a worker (phiếu thông tin về người lao động, Mẫu số 03).

    The columns are the rows of the supply report of TT 01/2022/TT-BLĐTBXH: persons by sex, employed
    by qualification and position, unemployed by qualification and duration. Unit, village and dates
    are the submission's. The reason of inactivity may be a disability, which NĐ 356/2025/NĐ-CP
    counts as sensitive: it stays with the encrypted answers, as do name, age and ethnic group.

    One sheet is current for each citizen number. Another one of the same number waits until an
    officer decides which one counts (`portal.labour.doubles`); the others are history.
    """

    unit_path: ClassVar[str] = "submission__unit"
    village_path: ClassVar[str | None] = "submission__village"

    submission = models.OneToOneField(
        Submission,
        models.PROTECT,
        primary_key=True,
        related_name="worker_sheet",
        verbose_name=_("arrived form"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    sex = models.CharField(_("sex"), max_length=6)
    economic_activity = models.CharField(_("economic activity"), max_length=10)
    technical_qualification = models.CharField(_("technical qualification"), max_length=20)
    employment_position = models.CharField(_("position in employment"), max_length=20, blank=True)
    unemployment_duration = models.CharField(
        _("duration of unemployment"), max_length=10, blank=True
    )
    current = models.BooleanField(_("current"), default=True)
    waiting = models.BooleanField(_("waits for a decision"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("worker sheet")
        verbose_name_plural = _("worker sheets")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["year", "current"]),
            models.Index(
                fields=["submission"], condition=Q(waiting=True), name="worker_sheet_waiting"
            ),
        ]

    def __str__(self) -> str:
        return str(self.submission)


from portal.labour.pages import CampaignFigure, CampaignPage, LabourIndexPage  # noqa: E402

__all__ = ["CampaignFigure", "CampaignPage", "LabourIndexPage", "WorkerSheet"]
