"""Sweep and rebuild: what they find, what they refuse, what they leave on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from portal.jobs import clock
from search import outbox, queries, registry, upkeep
from search.contract import SearchEntry
from search.engines import get_engine
from search.engines.embedded import EmbeddedEngine
from search.models import OutboxRow
from tests.search.samples import KIND, Samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def samples(samples: Samples) -> Samples:
    """Two objects that wait for the worker."""
    samples.titles = {"1": "Mùa gặt lúa nếp", "2": "Mùa gặt ngô"}
    with transaction.atomic():
        outbox.add_many([(KIND, key) for key in samples.titles])
    return samples


def _found(text: str) -> list[str]:
    return sorted(hit.title for hit in queries.ask(text).hits)


def test_a_database_restored_from_a_backup_wins_over_a_newer_index(
    samples: Samples, drain: Callable[[], int]
) -> None:
    """The counters of the backup are smaller than the versions in the index."""
    OutboxRow.objects.update(version=7)
    drain()
    OutboxRow.objects.update(version=3, done=3)
    samples.titles = {"1": "Mùa gặt bản sao lưu"}
    report = upkeep.sweep()
    assert (report.stale, report.left_behind) == (1, 1)
    drain()
    assert _found("mua gat") == ["Mùa gặt bản sao lưu"]
    assert upkeep.sweep() == upkeep.SweepReport(1, 0, 0, 0)


def test_a_rebuild_leaves_nothing_for_the_sweep(samples: Samples, drain: Callable[[], int]) -> None:
    drain()
    samples.titles["3"] = "Mùa gặt chưa từng được báo"
    upkeep.rebuild()
    drain()
    assert upkeep.sweep() == upkeep.SweepReport(3, 0, 0, 0)


def test_a_rebuild_reads_all_keys_before_it_writes(
    samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bug: on SQLite a rebuild of more than 2,000 objects of a kind ended with "database is
    locked" as soon as anybody wrote: its own connection was still reading keys."""
    samples.titles = {str(number): f"Mùa gặt {number}" for number in range(upkeep.BATCH + 1)}
    reading: list[str] = []

    def keys() -> Iterator[str]:
        reading.append("reads")
        yield from sorted(samples.titles)
        reading.clear()

    def load_many(wanted: Sequence[str]) -> Mapping[str, SearchEntry]:
        assert not reading
        return samples.load_many(wanted)

    monkeypatch.setattr(registry, "_kinds", {})
    registry.register_searchable(KIND, label="Mẫu", load_many=load_many, keys=keys)
    assert upkeep.rebuild() == {KIND: upkeep.BATCH + 1}


def test_a_rebuild_that_lost_entries_does_not_serve(
    samples: Samples, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that ran full, a server that forgot: the new index holds less than was written."""
    drain()
    building: type[Any] = type(get_engine().rebuild())
    with monkeypatch.context() as patch, clock.frozen(clock.now() + timedelta(hours=1)):
        patch.setattr(building, "counts", lambda _self: {KIND: 1})
        with pytest.raises(upkeep.RebuildIncompleteError, match="sample: 2 written, 1 held"):
            upkeep.rebuild()
    assert _found("mua gat") == ["Mùa gặt lúa nếp", "Mùa gặt ngô"]


def test_the_old_index_is_kept_for_a_day_and_then_dropped(
    samples: Samples, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    drain()
    dropped: list[bool] = []
    monkeypatch.setattr(get_engine(), "drop_old", lambda: dropped.append(True))
    upkeep.rebuild()
    assert upkeep.tidy() is False
    assert dropped == []
    with clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
        assert upkeep.tidy() is True
    assert dropped == [True]
    assert _found("mua gat lua") == ["Mùa gặt lúa nếp"]


def test_a_dropped_index_is_gone_and_the_serving_one_answers(
    samples: Samples, drain: Callable[[], int]
) -> None:
    drain()
    upkeep.rebuild()
    engine = get_engine()
    engine.drop_old()
    engine.refresh()
    if isinstance(engine, EmbeddedEngine):
        path = engine.store.path
        assert sorted(p.name for p in path.parent.glob(f"{path.name}.g?")) == [f"{path.name}.g2"]
    assert _found("mua gat ngo") == ["Mùa gặt ngô"]


@pytest.mark.once
def test_no_word_of_what_was_removed_stays_on_the_disk(
    samples: Samples, drain: Callable[[], int]
) -> None:
    """Attack: the file of the index is read after a list was withdrawn."""
    drain()
    engine = get_engine()
    assert isinstance(engine, EmbeddedEngine)
    del samples.titles["2"]
    with transaction.atomic():
        outbox.add(KIND, "2")
    drain()
    upkeep.tidy()
    path = engine.store.path
    kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}.g1*"))
    assert "lúa nếp".encode() in kept
    assert "gặt ngô".encode() not in kept


def test_a_sweep_never_loads_what_it_compares(samples: Samples, drain: Callable[[], int]) -> None:
    """At a million entries reading each would take the night."""
    drain()

    def refuse(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
        raise AssertionError(keys)

    registry.register_searchable(KIND, label="Mẫu", load_many=refuse, keys=samples.keys)
    assert upkeep.sweep() == upkeep.SweepReport(2, 0, 0, 0)
