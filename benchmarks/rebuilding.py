"""`python -m benchmarks.rebuilding`: a new index is filled while writes go on.

Its peers are the same rebuild while nobody writes, bodies that were made before, and the same
writes while nothing is rebuilt. In the end database and index must agree, or the run fails.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

Figures = dict[str, float]
ROUNDS = 2
QUIET_SECONDS = 10


class DifferentIndexError(Exception):
    """Something written during the rebuild is not in the index; its speed says nothing."""


def main() -> None:
    """Print the figures as JSON."""
    django.setup()
    from django.conf import settings

    figures = _measure(Path(os.environ["BENCH_FOLDER"]))
    print(json.dumps({f"{settings.SEARCH_ENGINE}.{key}": figures[key] for key in figures}))


def _measure(folder: Path) -> Figures:
    from benchmarks import entries
    from search import upkeep
    from search.engines import get_engine

    _publish()
    _drain()
    bare = _bare(folder)
    bodies = bare.bodies(entries.loaded())
    bare.send(bodies)  # a warm server
    times: dict[str, list[float]] = {"quiet": [], "busy": [], "bare": []}
    writes: dict[str, list[float]] = {"quiet": [], "busy": []}
    for _round in range(ROUNDS):
        times["bare"].append(_seconds(lambda: bare.send(bodies)))
        _an_hour_later()
        times["quiet"].append(_seconds(upkeep.rebuild))
        with _writes(folder, writes["quiet"]):
            time.sleep(QUIET_SECONDS)
        _an_hour_later()
        with _writes(folder, writes["busy"]):
            times["busy"].append(_seconds(upkeep.rebuild))
        _agree()
    objects = sum(get_engine().counts().values())
    speeds = {f"rebuild.{side}": objects / statistics.mean(taken) for side, taken in times.items()}
    return speeds | {
        f"rebuild.write.{side}": statistics.quantiles(taken, n=20)[-1]
        for side, taken in writes.items()
    }


def _publish() -> None:
    """The list of twenty thousand, unless another part of this run has published it."""
    from benchmarks import entries
    from search import registry
    from search.contract import LIST_ENTRY

    if len(list(registry.kinds()[LIST_ENTRY].keys())) < entries.COUNT:
        entries.publish()


def _bare(folder: Path) -> Any:
    from django.conf import settings

    from benchmarks.bare import BareElastic, BareFts

    if settings.SEARCH_ENGINE == "embedded":
        return BareFts(folder)
    return BareElastic(settings.ELASTICSEARCH_URL, f"{settings.SEARCH_INDEX_PREFIX}-rebuild")


@contextmanager
def _writes(folder: Path, taken: list[float]) -> Iterator[None]:
    """Another process writes meanwhile, once it has made its first write."""
    _drain()
    stop = folder / "stop"
    stop.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.writer", str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        _first_write(writer)
        try:
            yield
        finally:
            stop.touch()
            said, _errors = writer.communicate()
    if writer.returncode:
        raise subprocess.CalledProcessError(writer.returncode, command)
    taken += json.loads(said)


def _first_write(writer: subprocess.Popen[str]) -> None:
    from search.models import OutboxRow

    while writer.poll() is None and not OutboxRow.objects.filter(waiting=True).exists():
        time.sleep(0.05)


def _drain() -> None:
    from search import indexing
    from search.engines import get_engine

    while indexing.drain():
        pass
    get_engine().refresh()


def _an_hour_later() -> None:
    """What was written in the last minute is written twice by a rebuild; let nothing have been."""
    from django.db.models import F

    from search.models import OutboxRow

    _drain()
    OutboxRow.objects.update(written_at=F("written_at") - timedelta(hours=1))


def _agree() -> None:
    """A sweep finds no difference once the worker has done what waited."""
    from search import upkeep

    _drain()
    report = upkeep.sweep()
    if report.missing or report.stale or report.left_behind:
        raise DifferentIndexError(report)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
