"""How quickly list entries reach the index: the worker's path, the engine alone, bare bodies."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks import entries
from benchmarks.bare import Bare
from search import indexing
from search.contract import LIST_ENTRY, Engine, Put
from search.engines import get_engine


class NotIndexedError(Exception):
    """The worker left entries out; its speed would say nothing."""


def measure(alone: Engine, bare: Bare) -> dict[str, float]:
    """Entries per second; the bare bodies are sent once before, so that the server is warm."""
    entries.publish()
    wanted = list(entries.loaded(LIST_ENTRY))
    bodies = bare.bodies(wanted)
    bare.send(bodies)
    waiting = entries.COUNT
    worker = _seconds(_drain)
    if get_engine().counts().get(LIST_ENTRY) != len(wanted):
        raise NotIndexedError(f"{get_engine().counts()}, {len(wanted)} entries wanted")
    alone.prepare()
    changes = [Put(replace(entry, version=1)) for entry in wanted]
    applied = _seconds(lambda: _apply(alone, changes))
    sent = _seconds(lambda: bare.send(bodies))
    return {
        "index.worker": waiting / worker,
        "index.apply": len(wanted) / applied,
        "index.bare": len(wanted) / sent,
    }


def _drain() -> None:
    while indexing.drain():
        pass
    get_engine().refresh()


def _apply(engine: Engine, changes: Sequence[Put]) -> None:
    for start in range(0, len(changes), indexing.BATCH):
        engine.apply(changes[start : start + indexing.BATCH])
    engine.refresh()


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
