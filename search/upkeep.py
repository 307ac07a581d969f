"""Keeping index and database equal: sweep, rebuild, forgetting old tombstones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from tempfile import TemporaryFile

from django.db import transaction
from django.db.models import Q

from portal.jobs import clock
from search import comparing, lexicon, outbox, registry
from search.contract import Change, Put, Rebuild, Remove
from search.engines import get_engine
from search.models import OutboxRow, SearchMoment

OLD_INDEX_LIFE = timedelta(days=1)
BATCH = 200
TOMBSTONE_LIFE = timedelta(days=1)
BEGAN = "rebuild_began"
CLOCK_SKEW = timedelta(seconds=60)


class RebuildIncompleteError(Exception):
    """The new index does not hold what was written to it; the old one goes on serving."""

    def __init__(self, kind: str, expected: int, held: int) -> None:
        super().__init__(f"{kind}: {expected} written, {held} held by the new index")


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a sweep found: objects missing or stale in the index, and left behind in it."""

    checked: int
    missing: int
    stale: int
    left_behind: int


def remember(name: str, **detail: object) -> None:
    """Write down when something last happened."""
    SearchMoment.objects.update_or_create(name=name, defaults={"at": clock.now(), "detail": detail})


def sweep() -> SweepReport:
    """Compare database and index; each difference becomes an outbox row, mended by the worker."""
    found = Counter[str]()
    with comparing.compared(get_engine()) as comparison:
        checked = comparison.checked()
        for batch in comparison.differences():
            found.update(what for _kind, _key, what, _version in batch)
            _mend(batch)
    lexicon.recount()
    report = SweepReport(checked, found["missing"], found["stale"], found["left_behind"])
    remember("sweep", **asdict(report))
    return report


def _mend(batch: list[comparing.Difference]) -> None:
    """Queue the objects, above the version that the index holds.

    After the database was restored from a backup its counters stand lower than those of the index,
    which would take every change for an old one.
    """
    held = {(kind, key): version for kind, key, _what, version in batch}
    with transaction.atomic():
        outbox.add_many(held)
        for kind in sorted({kind for kind, _key in held}):
            keys = [key for of_kind, key in held if of_kind == kind]
            for row in OutboxRow.objects.filter(kind=kind, key__in=keys).order_by("key"):
                if row.version <= held[kind, row.key]:
                    OutboxRow.objects.filter(pk=row.pk).update(version=held[kind, row.key] + 1)


def forget_tombstones() -> int:
    """Drop tombstones a day old, in the index first: a counter must outlive its tombstone."""
    before = clock.now() - TOMBSTONE_LIFE
    dropped = get_engine().purge(before)
    OutboxRow.objects.filter(waiting=False, live=False, written_at__lt=before).delete()
    return dropped


def rebuild(progress: Callable[[str, int], None] = lambda _kind, _count: None) -> dict[str, int]:
    """Fill a new index while the old one serves and writes go on, then let it serve.

    What is written meanwhile goes to the old index and stands in the outbox table with a newer
    `written_at`; it is replayed into the new one before the swap and once more after it.
    """
    building, started = _open_rebuild()
    began, loaded = clock.now(), Counter[str]()
    for searchable in registry.kinds().values():
        count = 0
        for keys in _batches(searchable.keys()):
            changes = _changes(searchable.kind, keys)
            building.apply(changes)
            lexicon.note(changes)
            loaded[searchable.kind] += sum(isinstance(change, Put) for change in changes)
            count += len(keys)
            progress(searchable.kind, count)
    replayed_from = clock.now() - CLOCK_SKEW
    _replay(building, started - CLOCK_SKEW)
    counts = dict(building.counts())
    _complete(counts, loaded, started - CLOCK_SKEW)
    building.swap()
    _queue_written_since(replayed_from)
    SearchMoment.objects.filter(name=BEGAN).delete()
    lexicon.recount()
    remember("rebuild", counts=counts, seconds=round((clock.now() - began).total_seconds()))
    return counts


def _complete(counts: dict[str, int], loaded: Counter[str], since: datetime) -> None:
    """A new index must hold all that was written to it, changes since it began aside."""
    changed = Q(queued_at__gte=since) | Q(written_at__gte=since)
    for kind, expected in loaded.items():
        slack = OutboxRow.objects.filter(changed, kind=kind).count()
        if abs(expected - counts.get(kind, 0)) > slack:
            raise RebuildIncompleteError(kind, expected, counts.get(kind, 0))


def tidy() -> bool:
    """Give back the room of what was removed, so that no word of it stays on the disk; drop the
    index that served until yesterday. Whether one was dropped."""
    engine = get_engine()
    rebuilt = SearchMoment.objects.filter(name="rebuild").first()
    rest = rebuilt is None or rebuilt.at <= clock.now() - OLD_INDEX_LIFE
    if rest:
        engine.drop_old()
    engine.tidy()
    return rest


def renew() -> bool:
    """Rebuild an index that an older version of the portal made; whether one was found."""
    outdated = get_engine().outdated()
    if outdated:
        rebuild()
    return outdated


def _open_rebuild() -> tuple[Rebuild, datetime]:
    """The index to fill, and since when it misses changes.

    One left by an interrupted rebuild is taken up, with all that was written since it began; an
    old one is thrown away, since tombstones of its time may be forgotten.
    """
    building = get_engine().rebuild()
    began = SearchMoment.objects.filter(name=BEGAN, at__gt=clock.now() - TOMBSTONE_LIFE / 2).first()
    if began is None:
        building.abandon()
        building = get_engine().rebuild()
        remember(BEGAN)
        began = SearchMoment.objects.get(name=BEGAN)
    return building, began.at


def _replay(building: Rebuild, since: datetime) -> None:
    rows = OutboxRow.objects.filter(written_at__gte=since).values_list("key", flat=True)
    for kind in registry.kinds():
        for keys in _batches(rows.filter(kind=kind).iterator()):
            building.apply(_changes(kind, keys))


def _queue_written_since(moment: datetime) -> None:
    """Rows that may have reached only the old index, those in a worker's hands included."""
    late = Q(written_at__gte=moment) | Q(claimed_until__gte=clock.now())
    with transaction.atomic():
        outbox.add_many(OutboxRow.objects.filter(late).values_list("kind", "key"))


def _changes(kind: str, keys: list[str]) -> list[Change]:
    """Version read before the state, so that a state is never older than its version."""
    with transaction.atomic():
        known = set(OutboxRow.objects.filter(kind=kind, key__in=keys).values_list("key", flat=True))
        OutboxRow.objects.bulk_create(
            [OutboxRow(kind=kind, key=key, version=1) for key in sorted(set(keys) - known)],
            ignore_conflicts=True,
        )
    rows = OutboxRow.objects.filter(kind=kind, key__in=keys)
    versions = dict(rows.values_list("key", "version"))
    entries = registry.kinds()[kind].load_many(keys)
    return [
        Put(replace(entries[key], version=versions[key]))
        if key in entries
        else Remove(kind, key, versions[key])
        for key in keys
    ]


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    """All keys are read, into a file, before the first is given: on SQLite a connection that still
    reads what others have changed since may not write ("database is locked", without a wait)."""
    with TemporaryFile("w+", encoding="utf-8") as file:
        file.writelines(f"{key}\n" for key in keys)
        file.seek(0)
        while batch := [line.rstrip("\n") for line in islice(file, BATCH)]:
            yield batch
