"""Rows of a list as plain values, and how they are stored and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.areas.models import Unit, Village
from portal.registration.models import Classification, ListEntry, PublishedList
from portal.registration.names import village_key
from portal.tables.bulk import bulk_load
from search.text import name_key, name_sort_key

BATCH = 2000


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A household: head's full name and village in NFC, commune of today, class."""

    head_name: str
    village_text: str
    commune: Unit
    classification: str


def store_rows(target: PublishedList, rows: Sequence[EntryRow]) -> None:
    """Write the rows in their order; runs in the caller's transaction."""
    bulk_load(ListEntry, _entries(target, rows), batch=BATCH)


def totals_of(rows: Iterable[EntryRow]) -> list[dict[str, object]]:
    """Per commune in alphabetical order: code, name with its kind, households by class."""
    counts: dict[int, dict[str, int]] = {}
    communes: dict[int, Unit] = {}
    for row in rows:
        communes[row.commune.pk] = row.commune
        cells = counts.setdefault(row.commune.pk, dict.fromkeys(Classification.values, 0))
        cells[row.classification] += 1
    ordered = sorted(communes.values(), key=lambda unit: (unit.sort_key, unit.code))
    return [{"code": unit.code, "name": str(unit), **counts[unit.pk]} for unit in ordered]


def _entries(target: PublishedList, rows: Sequence[EntryRow]) -> Iterator[ListEntry]:
    villages = _villages(rows)
    for position, row in enumerate(rows, start=1):
        key = village_key(row.village_text)
        yield ListEntry(
            published_list=target,
            position=position,
            head_name=row.head_name,
            name_key=name_key(row.head_name),
            sort_key=name_sort_key(row.head_name),
            village_text=row.village_text,
            village_key=key,
            village_id=villages.get((row.commune.pk, key)),
            commune=row.commune,
            classification=row.classification,
        )


def _villages(rows: Sequence[EntryRow]) -> dict[tuple[int, str], int]:
    """Known villages by commune and key; a village that is not known yet is no error."""
    communes = {row.commune.pk for row in rows}
    known = Village.objects.filter(unit__in=communes).values_list("pk", "unit_id", "name")
    return {(unit, village_key(name)): pk for pk, unit, name in known}
