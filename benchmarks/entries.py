"""Twenty thousand invented households on one published list, by the portal's own services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import translation

from portal.areas.queries import units_of_province
from portal.demo.households import CLASSES, households
from portal.jobs import clock
from portal.registration import services
from portal.registration.models import Classification
from portal.registration.rows import EntryRow
from search import registry
from search.contract import SearchEntry

COUNT = 20_000
SEED = 8
BATCH = 500
# People whom the judged queries look for: code of the commune and name.
KNOWN = (("02545", "Nguyễn Văn An"), ("02473", "Hoàng Thị Lan"))
VILLAGES = tuple(f"Thôn {number}" for number in range(1, 7))
KINDS = dict(zip(CLASSES, (Classification.POOR, Classification.NEAR_POOR), strict=True))


def publish(count: int = COUNT) -> None:
    """A list of so many households over all communes of the province, shown from today."""
    today = clock.today()
    with translation.override(settings.LANGUAGE_CODE):
        title = "Danh sách của phép đo tốc độ"
        made = services.create_list(title, "phep-do-toc-do", None, None)
        made = services.import_rows(made, _rows(count), None)
        services.publish_list(made, today, today + timedelta(days=30), None)


def loaded(*kinds: str) -> Iterator[SearchEntry]:
    """Today's entries of these kinds, or of all, in version 1."""
    for kind, searchable in registry.kinds().items():
        if kinds and kind not in kinds:
            continue
        keys = list(searchable.keys())
        with translation.override(settings.LANGUAGE_CODE):
            for start in range(0, len(keys), BATCH):
                yield from searchable.load_many(keys[start : start + BATCH]).values()


def _rows(count: int) -> list[EntryRow]:
    communes = {
        unit.code: unit for unit in units_of_province(settings.PROVINCE_CODE, clock.today())
    }
    places = dict.fromkeys(communes, VILLAGES)
    known = [
        EntryRow(name, VILLAGES[0], communes[code], Classification.POOR) for code, name in KNOWN
    ]
    return known + [
        EntryRow(name, village, communes[code], KINDS[kind])
        for _number, name, village, code, kind in households(SEED, places, count - len(known))
    ]
