"""What must hold when a unit ends or one begins: nobody's place is lost, no code names two."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.areas.models import UNKNOWN_START, Unit, UnitSuccession


def against_end(unit: Unit) -> str:
    """Why a unit cannot end on its `valid_to`; empty when it can, or has no last day.

    What is in use needs a successor: officers and villages would hang on a place that is gone.
    """
    if unit.valid_to is None or not _is_in_use(unit):
        return ""
    links = UnitSuccession.objects.filter(old=unit).exclude(people=UnitSuccession.People.NONE)
    if links.exists():
        return ""
    return _(
        "Officers or villages belong to %(unit)s, so its successor must be known first: import a "
        "row of the same code that begins the next day, or load the units with their successors."
    ) % {"unit": unit}


def against_code(unit: Unit) -> str:
    """Why a unit cannot have its code in its days; empty when no other one has it then."""
    days = Q(valid_to=None) | Q(valid_to__gte=unit.valid_from)
    others = Unit.objects.filter(days, code=unit.code).exclude(pk=unit.pk)
    if unit.valid_to is not None:
        others = others.filter(valid_from__lte=unit.valid_to)
    other = others.first()
    if other is None:
        return ""
    return _("The code %(code)s names %(unit)s in these days; give that one its last day.") % {
        "code": unit.code,
        "unit": other,
    }


def follow(unit: Unit) -> None:
    """A new unit goes on with the one that had its code until the day before: a mere change.

    Units of before 2025 are no forerunners: that reform gave their codes to other places.
    """
    before = Unit.objects.filter(
        code=unit.code, level=unit.level, valid_to=_day_before(unit.valid_from)
    )
    old = before.exclude(valid_from=UNKNOWN_START).first()
    if old is not None:
        values = {"part": UnitSuccession.Part.WHOLE, "people": UnitSuccession.People.ALL}
        UnitSuccession.objects.get_or_create(old=old, new=unit, defaults=values)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _is_in_use(unit: Unit) -> bool:
    return unit.villages.exists() or unit.assignments.exists()
