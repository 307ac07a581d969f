"""What a declaration scored when it was sent; the verified score of case work stands elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.areas.models import AreaType
from portal.areas.scope import ScopedModel
from portal.forms.models import Submission
from portal.privacy.fields import EncryptedJSONField
from portal.registration.rounds import ReviewRound


class Declaration(ScopedModel):
    """A household's declaration (tờ khai của hộ) in a round: class and points for the reports.

    Intervals are points at least and at most; none where the standard has no points. `record` is
    the stored result with the facts of every line, encrypted, erased together with the answers.
    """

    class Outcome(models.TextChoices):
        """By the household's own answers: a self-assessment that binds nobody."""

        POOR = "poor", _("poor household")
        NEAR_POOR = "near_poor", _("near-poor household")
        NEITHER = "neither", _("neither poor nor near-poor")
        UNDECIDED = "undecided", _("undecided")

    unit_path: ClassVar[str] = "submission__unit"
    village_path: ClassVar[str | None] = "submission__village"

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="declaration", verbose_name=_("arrived form")
    )
    round = models.ForeignKey(
        ReviewRound, models.PROTECT, null=True, related_name="+", verbose_name=_("round")
    )
    standard = models.CharField(_("standard"), max_length=40)
    area = models.CharField(_("area type"), max_length=5, choices=AreaType)
    classification = models.CharField(_("class"), max_length=10, choices=Outcome, db_index=True)
    b1_low = models.PositiveIntegerField(null=True)
    b1_high = models.PositiveIntegerField(null=True)
    b2_low = models.PositiveSmallIntegerField(null=True)
    b2_high = models.PositiveSmallIntegerField(null=True)
    record = EncryptedJSONField(null=True)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")

    def __str__(self) -> str:
        return str(self.submission)
