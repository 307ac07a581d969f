"""Writers, workers and a rebuild at the same time: afterwards the index is the database."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction

from portal.jobs import clock
from search import indexing, outbox, registry, upkeep
from search.contract import SearchEntry, SearchQuery
from search.engines import get_engine
from search.models import Abbreviation, OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)
KIND, KEYS, ROUNDS, MOST_ROUNDS = "raced", 40, 40, 400
WRITERS, WORKERS = 4, 2


def _load(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
    """A row of a small table stands for the object: `short` is its key, `long` its title."""
    rows = Abbreviation.objects.filter(short__in=keys).values_list("short", "long")
    return {key: SearchEntry(KIND, key, 0, title, f"/{key}/") for key, title in rows}


def _keys() -> Iterator[str]:
    return iter(Abbreviation.objects.order_by("short").values_list("short", flat=True))


def _write(seed: int, rebuilt: threading.Event) -> int:
    """Make, change and remove objects that all writers share, until the rebuild is over."""
    dice = random.Random(seed)
    for number in range(MOST_ROUNDS):
        if number >= ROUNDS and rebuilt.is_set():
            return number
        keys = sorted(dice.sample(range(KEYS), 2))
        with transaction.atomic():
            outbox.add_many((KIND, f"k{key}") for key in keys)
            for key in keys:
                Abbreviation.objects.filter(short=f"k{key}").delete()
                if dice.random() < 0.7:
                    title = f"Bản {number} của người {seed}"
                    Abbreviation.objects.create(short=f"k{key}", long=title)
    return MOST_ROUNDS


def _work(over: threading.Event) -> int:
    handled = 0
    while not over.is_set():
        handled += indexing.drain()
        over.wait(0.01)
    return handled


def _rebuild(rebuilt: threading.Event) -> None:
    try:
        upkeep.rebuild()
    finally:
        rebuilt.set()


def _on_its_own(work: Callable[..., Any], *arguments: object) -> Any:
    """A thread has a connection of its own, which must not outlive it."""
    try:
        return work(*arguments)
    finally:
        connections.close_all()


def _held() -> tuple[dict[str, tuple[int, bool]], dict[str, str]]:
    """What the index holds: version and life by key, and the titles of what lives."""
    engine = get_engine()
    versions = {key: (version, live) for _kind, key, version, live in engine.versions()}
    found = engine.search(SearchQuery("bản", at=clock.now(), size=KEYS))
    return versions, {hit.key: hit.title for hit in found.hits}


@pytest.mark.servers
def test_four_writers_two_workers_and_a_rebuild_end_with_one_truth(
    drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: an older state or a removed object comes back by whoever wrote it last."""
    assert connection.vendor == "postgresql", "the one writer of SQLite has nobody to race with"
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register_searchable(KIND, label="Đua", load_many=_load, keys=_keys)
    Abbreviation.objects.all().delete()
    rebuilt, over = threading.Event(), threading.Event()
    with ThreadPoolExecutor(WRITERS + WORKERS + 1) as pool:
        writers = [pool.submit(_on_its_own, _write, seed, rebuilt) for seed in range(WRITERS)]
        workers = [pool.submit(_on_its_own, _work, over) for _number in range(WORKERS)]
        builder = pool.submit(_on_its_own, _rebuild, rebuilt)
        try:
            written = [writer.result() for writer in writers]
            builder.result()
        finally:
            over.set()
        handled = [worker.result() for worker in workers]
    drain()
    assert all(count >= ROUNDS for count in written)
    assert all(handled), "both workers had something to do"
    versions, titles = _held()
    rows = OutboxRow.objects.values_list("key", "version", "live", "waiting")
    assert versions == {key: (version, live) for key, version, live, _waiting in rows}
    assert not any(waiting for *_row, waiting in rows)
    assert titles == dict(Abbreviation.objects.values_list("short", "long"))
    assert upkeep.sweep() == upkeep.SweepReport(len(titles), 0, 0, 0)
