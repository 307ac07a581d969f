"""Names of units for the facets and addresses of the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.conf import settings

from portal.areas.kept_index import index_of
from portal.areas.models import Level, Unit
from portal.areas.names import WORDS, UnitIndex
from portal.areas.succession import in_force, is_valid
from portal.jobs import clock
from search import places
from search.places import Place
from search.text import fold

OFFERED = 3
KINDS = {fold(word): kinds for word, kinds in WORDS.items()}


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


def meant(runs: Iterable[str]) -> Mapping[str, Sequence[Place]]:
    """Units of the province, of today and of before, that runs of words may name.

    Who writes marks means them; a kind before the name ("huyện", "tt") narrows.
    """
    index = index_of(settings.PROVINCE_CODE, clock.today())
    found: dict[str, Sequence[Place]] = {}
    for run in runs:
        units = {unit.pk: unit for unit in _named_so(index, run)}
        known = [place for unit in units.values() if (place := _place(index, unit)).today]
        if known:
            found[run] = known
    return found


def _named_so(index: UnitIndex, run: str) -> Iterator[Unit]:
    typed = run.split()
    for length in range(min(3, len(typed))):
        kinds = KINDS.get(fold(" ".join(typed[:length])), ())
        name = " ".join(typed[length:])
        if kinds or not length:
            units = index.exact.get(name) or index.folded.get(fold(name)) or []
            yield from (unit for unit in units if not kinds or unit.kind in kinds)


def _place(index: UnitIndex, unit: Unit) -> Place:
    above = index.units.get(unit.parent_id or 0)
    today = [one for one in index.today(unit) if one.pk in index.units]
    names = sorted({one.pk: one for one in today}.values(), key=lambda one: one.sort_key)
    return Place(
        name=str(unit),
        within=str(above) if above else "",
        today=tuple(dict.fromkeys(map(str, names))),
        current=is_valid(unit, index.on),
    )


def connect() -> None:
    """Hand the names to the search."""
    places.register(labels, named, beginning, meant)
