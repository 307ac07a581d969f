"""Names of units for the facets and addresses of the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings

from portal.areas.models import Level, Unit
from portal.areas.succession import in_force
from portal.jobs import clock
from search import places

OFFERED = 3


def labels(codes: Iterable[str]) -> Mapping[str, str]:
    """The unit in force today behind each code, with its kind ("xã Tân Trào")."""
    units = Unit.objects.filter(in_force(clock.today()), code__in=list(codes))
    return {unit.code: str(unit) for unit in units}


def named(names: Iterable[str]) -> Mapping[str, str]:
    """The communes of the province of today with one of these folded names: code and name."""
    communes = Unit.objects.filter(in_force(clock.today()), level=Level.COMMUNE)
    own = communes.filter(parent__code=settings.PROVINCE_CODE, name_folded__in=list(names))
    return dict(own.values_list("code", "name_folded"))


def beginning(folded: str) -> list[str]:
    """Communes of the province of today, for completion; their kind may be typed first."""
    communes = Unit.objects.filter(in_force(clock.today()), level=Level.COMMUNE)
    own = communes.filter(parent__code=settings.PROVINCE_CODE)
    bare = folded.removeprefix("xa ").removeprefix("phuong ")
    return [str(unit) for unit in own.filter(name_folded__startswith=bare)[:OFFERED]]


def connect() -> None:
    """Hand the names to the search."""
    places.register(labels, named, beginning)
