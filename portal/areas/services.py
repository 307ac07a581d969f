"""Verbs of the room: loading the units of the country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from portal.areas.models import AreaType, Kind, Level, Unit, UnitName, UnitSuccession
from portal.areas.unit_files import Key, UnitData, UnitRow, read_folder
from search.text import fold, sort_key

DATA = Path(__file__).resolve().parent / "data"
URBAN_KINDS = (Kind.PHUONG.value, Kind.THI_TRAN.value)
LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
FIELDS = ("name", "name_folded", "sort_key", "kind", "level", "parent_id", "valid_to")


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load found and did; a second load of the same files creates and changes nothing."""

    units: int
    successions: int
    names: int
    created: int
    changed: int
    removed: int


def area_type_of(kind: str) -> str:
    """Urban or rural by the kind of a unit (NĐ 07/2021, Art. 3).

    Wards and townships are urban; special zones count as rural until the province decides
    otherwise (`AREAS_URBAN_KINDS`, or the village's own type).
    """
    urban = getattr(settings, "AREAS_URBAN_KINDS", URBAN_KINDS)
    return AreaType.URBAN.value if kind in urban else AreaType.RURAL.value


def load_units(path: Path | str = DATA) -> LoadResult:
    """Make the units of a folder stand in the database as its files say, in one transaction.

    Units that the files do not name stay untouched, and so does the area type of a unit whose
    kind did not change: that is decided here, not in the files. Raises `UnitDataError`.
    """
    data = read_folder(Path(path))
    with transaction.atomic():
        tally = _Tally()
        ids = _store_units(data, tally)
        _store_successions(data, ids, tally)
        _store_names(data, ids, tally)
    return LoadResult(
        units=len(data.units),
        successions=len(data.successions),
        names=len(data.names),
        created=tally.created,
        changed=tally.changed,
        removed=tally.removed,
    )


@dataclass(slots=True)
class _Tally:
    created: int = 0
    changed: int = 0
    removed: int = 0


def _store_units(data: UnitData, tally: _Tally) -> dict[Key, int]:
    """Level by level, since a row needs the id of its parent."""
    known = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
    ids = {key: unit.pk for key, unit in known.items()}
    for level in LEVELS:
        fresh: list[Unit] = []
        changed: list[Unit] = []
        for row in data.units.values():
            if row.level != level:
                continue
            unit = known.get(row.key)
            if unit is None:
                fresh.append(_new_unit(row, ids))
            elif _change(unit, _values(row, ids)):
                changed.append(unit)
        for unit in Unit.objects.bulk_create(fresh):
            ids[unit.code, unit.valid_from] = unit.pk
        names = [name.removesuffix("_id") for name in FIELDS]
        Unit.objects.bulk_update(changed, [*names, "area_type"], batch_size=500)
        tally.created += len(fresh)
        tally.changed += len(changed)
    return ids


def _values(row: UnitRow, ids: dict[Key, int]) -> dict[str, Any]:
    return {
        "name": row.name,
        "name_folded": fold(row.name),
        "sort_key": sort_key(row.name),
        "kind": row.kind,
        "level": row.level,
        "parent_id": ids[row.parent] if row.parent else None,
        "valid_to": row.valid_to,
    }


def _new_unit(row: UnitRow, ids: dict[Key, int]) -> Unit:
    return Unit(
        code=row.code,
        valid_from=row.valid_from,
        area_type=area_type_of(row.kind),
        **_values(row, ids),
    )


def _change(unit: Unit, values: dict[str, Any]) -> bool:
    """Bring a row up to date; says whether anything differed."""
    if all(getattr(unit, name) == value for name, value in values.items()):
        return False
    if unit.kind != values["kind"]:
        unit.area_type = area_type_of(values["kind"])
    for name, value in values.items():
        setattr(unit, name, value)
    return True


def _store_successions(data: UnitData, ids: dict[Key, int], tally: _Tally) -> None:
    wanted = {(ids[old], ids[new]): value for (old, new), value in data.successions.items()}
    ours = {ids[key] for key in data.units}
    changed: list[UnitSuccession] = []
    gone: list[int] = []
    for link in UnitSuccession.objects.all():
        value = wanted.pop((link.old_id, link.new_id), None)
        if value is None and link.old_id in ours and link.new_id in ours:
            gone.append(link.pk)
        elif value is not None and value != (link.part, link.people):
            link.part, link.people = value
            changed.append(link)
    UnitSuccession.objects.bulk_create(
        UnitSuccession(old_id=old, new_id=new, part=part, people=people)
        for (old, new), (part, people) in wanted.items()
    )
    UnitSuccession.objects.bulk_update(changed, ["part", "people"], batch_size=500)
    tally.removed += _remove(UnitSuccession, gone)
    tally.created += len(wanted)
    tally.changed += len(changed)


def _store_names(data: UnitData, ids: dict[Key, int], tally: _Tally) -> None:
    wanted = {(ids[key], name): used_in for (key, name), used_in in data.names.items()}
    ours = {ids[key] for key in data.units}
    changed: list[UnitName] = []
    gone: list[int] = []
    for other in UnitName.objects.all():
        used_in = wanted.pop((other.unit_id, other.name), None)
        if used_in is None and other.unit_id in ours:
            gone.append(other.pk)
        elif used_in is not None and used_in != other.used_in:
            other.used_in = used_in
            changed.append(other)
    UnitName.objects.bulk_create(
        UnitName(unit_id=unit, name=name, name_folded=fold(name), used_in=used_in)
        for (unit, name), used_in in wanted.items()
    )
    UnitName.objects.bulk_update(changed, ["used_in"], batch_size=500)
    tally.removed += _remove(UnitName, gone)
    tally.created += len(wanted)
    tally.changed += len(changed)


def _remove(model: type[UnitSuccession] | type[UnitName], keys: Iterable[int]) -> int:
    """Rows that the files no longer hold; chunks keep within the database's parameter limit."""
    rest = list(keys)
    for start in range(0, len(rest), 500):
        model._default_manager.filter(pk__in=rest[start : start + 500]).delete()
    return len(rest)
