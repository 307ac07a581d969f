"""Review rounds (đợt rà soát): the standard and the reference day that declarations count under."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.jobs import clock
from portal.registration import standards
from portal.tables import composed
from search import outbox

ROUND = "round"


class ReviewRound(models.Model):
    """A round of the review (QĐ 24/2021/QĐ-TTg, Art. 4 and 5); ages are taken on `reference_day`.

    `standard` is the id of a standard's file. A demo round shows an illustrative standard whatever
    the day, and says so.
    """

    class Kind(models.TextChoices):
        """Yearly from September to December, or monthly from the 15th."""

        PERIODIC = "periodic", gettext_lazy("periodic")
        REGULAR = "regular", gettext_lazy("regular")

    title = models.CharField(gettext_lazy("title"), max_length=200)
    kind = models.CharField(gettext_lazy("kind"), max_length=8, choices=Kind)
    standard = models.CharField(gettext_lazy("standard"), max_length=40)
    reference_day = models.DateField(gettext_lazy("reference day"))
    opens_on = models.DateField(gettext_lazy("opens on"))
    closes_on = models.DateField(gettext_lazy("closes on"))
    demo = models.BooleanField(gettext_lazy("demo round"), default=False)

    class Meta:
        verbose_name = gettext_lazy("review round")
        verbose_name_plural = gettext_lazy("review rounds")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Search hears of it in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            outbox.add(ROUND, self.pk)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As saving."""
        with transaction.atomic():
            outbox.add(ROUND, self.pk)
            return super().delete(*args, **kwargs)

    def clean(self) -> None:
        """The standard is one that the portal has, and in force on the reference day."""
        if self.standard not in standards.all_ids():
            raise ValidationError({"standard": _("The portal has no such standard.")})
        found = standards.get(self.standard)
        if not self.demo and not found.first <= self.reference_day <= found.last:
            raise ValidationError(
                {"standard": _("This standard is not in force on the reference day.")}
            )
        if self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The round closes before it opens.")})

    def note(self) -> str:
        """What a demo round says of itself on every page of the form."""
        if not self.demo:
            return ""
        found = standards.get(self.standard)
        years = {"first": found.first.year, "last": found.last.year}
        if clock.today() > found.last:
            return _("Demo round under the standard of %(first)s–%(last)s.") % years
        return _("Demo round: the points are illustrative, not the official table.")


OPEN = composed.Statement(
    ReviewRound,
    "SELECT {columns} FROM {table} WHERE %s BETWEEN opens_on AND closes_on "
    "ORDER BY opens_on DESC, id DESC LIMIT 1",
)


def current_round(on: date | None = None) -> ReviewRound | None:
    """The round that is open on a day; of several the one that began last."""
    return OPEN.first((on or clock.today()).isoformat())
