"""Days off, and working days in exchange for one (ngày nghỉ lễ, ngày làm bù)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.jobs import clock

SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Holiday(models.Model):
    """A day that is no working day although its weekday says so, or the other way round.

    Bộ luật Lao động 2019, Art. 112 gives eleven days a year. Four of them stand on a day of the
    solar calendar; Tết, the Hung Kings' day and the second day of National Day are decided or
    computed by others each year, and days of exchange are announced: an operator enters them.
    """

    class Kind(models.TextChoices):
        """What the day is."""

        OFF = "off", _("day off")
        WORKING = "working", _("working day in exchange")

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OFF)
    source = models.CharField(
        _("source document"),
        max_length=200,
        help_text=_("The law or announcement that says so, with its number."),
    )

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays and days of exchange")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{date_format(self.date, 'd/m/Y')} – {self.name}"

    def clean(self) -> None:
        """A working day in exchange falls on a weekend; a passed day stays where it is."""
        if not isinstance(self.date, date):
            return
        if not FIRST_YEAR <= self.date.year <= LAST_YEAR:
            values = {"first": FIRST_YEAR, "last": LAST_YEAR}
            _refuse("date", _("The year lies between %(first)s and %(last)s.") % values)
        if self.kind == self.Kind.WORKING and self.date.weekday() < SATURDAY:
            _refuse("kind", _("This is no Saturday or Sunday, so it is a working day anyway."))
        before = Holiday.objects.filter(pk=self.pk).first()
        if before is not None and before.date <= clock.today() and before.date != self.date:
            _refuse("date", _("Deadlines have been counted with this day; enter another one."))


def _refuse(field: str, sentence: object) -> None:
    raise ValidationError({field: str(sentence)})
