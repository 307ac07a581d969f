"""`python -m benchmarks.size`: a whole country's lists and a province's papers, in one index.

A million list entries and 50,000 PDF pages on Elasticsearch, 100,000 entries in the embedded file;
`BENCH_ENTRIES`, `BENCH_PAGES` and `BENCH_EMBEDDED` say fewer. Nothing stands in a database: the
engines are asked as the portal asks them, the peers get the same bodies.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import django
from elasticsearch import Elasticsearch, helpers

Figures = dict[str, float]
BATCH = 500
ASKED, WARM = 200, 20
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "1000000"))
PAGES = int(os.environ.get("BENCH_PAGES", "50000"))
EMBEDDED = int(os.environ.get("BENCH_EMBEDDED", "100000"))


class DifferentAnswerError(Exception):
    """Engine and peer do not find the same; their times say nothing."""


def facts() -> dict[str, str]:
    """How many there were this time."""
    counted = f"{ENTRIES:,} list entries and {PAGES:,} PDF pages in Elasticsearch"
    return {"Size": f"{counted}, {EMBEDDED:,} list entries in the embedded file"}


def main() -> None:
    """Print the figures as JSON."""
    django.setup()
    folder = Path(os.environ["BENCH_FOLDER"])
    print(json.dumps({**_elastic(folder), **_embedded(folder)}))


def _elastic(folder: Path) -> Figures:
    from django.conf import settings

    from benchmarks import crowds
    from search.engines.elastic import ElasticEngine

    prefix = f"{settings.SEARCH_INDEX_PREFIX}-size"
    engine = ElasticEngine(settings.ELASTICSEARCH_URL, prefix)
    try:
        engine.prepare()
        figures = _indexed(engine, folder)
        figures |= _asked(engine, "names", crowds.names(ASKED))
        _apply(engine, crowds.documents(PAGES))
        engine.refresh()
        return figures | _asked(engine, "pages", crowds.phrases(ASKED, PAGES))
    finally:
        engine.destroy()


def _indexed(engine: Any, folder: Path) -> Figures:
    """Entries per second of the engine and of bodies made before; memory at a tenth and at last."""
    from benchmarks import crowds

    name = f"{engine.prefix}-bare"
    kept = folder / "bodies.pickle"
    _keep_bodies(kept, name)
    bare = Elasticsearch(os.environ["ELASTICSEARCH_URL"], request_timeout=60)
    _empty(bare, name)
    _send(bare, islice(_kept(kept), BATCH * 8))  # a warm server
    _empty(bare, name)
    sent = _seconds(lambda: _send(bare, _kept(kept)))
    _drop(bare, name)
    tenth: list[float] = []

    def watched() -> Iterator[Any]:
        for number, put in enumerate(crowds.households(ENTRIES), start=1):
            if number == ENTRIES // 10:
                tenth.append(_memory())
            yield put

    applied = _seconds(lambda: _apply(engine, watched()))
    engine.refresh()
    return {
        "size.index.portal": ENTRIES / applied,
        "size.index.bare": ENTRIES / sent,
        "size.memory.all": _memory(),
        "size.memory.tenth": tenth[0],
    }


def _keep_bodies(path: Path, name: str) -> None:
    """The portal's actions less the versions, made beforehand."""
    from benchmarks import crowds
    from search.engines.elastic import writing

    parts = f"{name}-entries", f"{name}-pages"
    with path.open("wb") as file:
        for batch in _batches(crowds.households(ENTRIES)):
            made = writing.actions(batch, *parts)
            bodies = [
                {key: value for key, value in action.items() if not key.startswith("version")}
                for action in made
            ]
            pickle.dump(bodies, file, pickle.HIGHEST_PROTOCOL)


def _kept(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        while True:
            try:
                yield from pickle.load(file)
            except EOFError:
                return


def _empty(client: Elasticsearch, name: str) -> None:
    """Indices of the portal's own definition, without anything in them."""
    from search.engines.elastic import documents

    _drop(client, name)
    for part in ("entries", "pages"):
        made = documents.definition(part)
        client.indices.create(
            index=f"{name}-{part}", settings=made["settings"], mappings=made["mappings"]
        )


def _drop(client: Elasticsearch, name: str) -> None:
    for part in ("entries", "pages"):
        client.indices.delete(index=f"{name}-{part}", ignore_unavailable=True)


def _send(client: Elasticsearch, bodies: Iterable[dict[str, Any]]) -> None:
    for _done in helpers.streaming_bulk(client, bodies):
        pass


def _apply(engine: Any, puts: Iterable[Any]) -> None:
    for batch in _batches(puts):
        engine.apply(batch)


def _asked(engine: Any, group: str, texts: list[str]) -> Figures:
    """Milliseconds from the call to dataclasses, beside the very same bodies sent bare."""
    bare = Elasticsearch(os.environ["ELASTICSEARCH_URL"], request_timeout=60)
    times: dict[str, list[float]] = {"portal": [], "bare": []}
    for text in (*texts[:WARM], *texts):
        query = _query(text)
        found = engine.search(query)
        bodies = _bodies(engine, query, found)
        total, taken = _sent(bare, bodies)
        if total != found.total:
            raise DifferentAnswerError(text)
        times["bare"].append(taken)
        times["portal"].append(_seconds(partial(engine.search, query)) * 1000)
    return _figures(f"size.{group}", {side: taken[WARM:] for side, taken in times.items()})


def _bodies(engine: Any, query: Any, found: Any) -> list[tuple[str, dict[str, Any]]]:
    """What is asked for the objects, and for the pages where hits have any."""
    from search import queryplan
    from search.engines.elastic import reading

    plan = queryplan.plan_of(query)
    bodies = [(engine.alias("entries"), reading.objects_body(query, plan))]
    paged = [f"{hit.kind}:{hit.key}" for hit in found.hits if hit.pages]
    if paged:
        bodies.append((engine.alias("pages"), reading.pages_body(plan, paged)))
    return bodies


def _sent(client: Elasticsearch, bodies: list[tuple[str, dict[str, Any]]]) -> tuple[int, float]:
    """How many objects fit, and in how many milliseconds the answers were there."""
    started = time.perf_counter()
    answers = [client.search(index=index, body=body).body for index, body in bodies]
    return answers[0]["hits"]["total"]["value"], (time.perf_counter() - started) * 1000


def _query(text: str) -> Any:
    """As the search page asks for these words."""
    from search.queries import Asked, query_of

    return query_of(Asked(text))[0]


def _embedded(folder: Path) -> Figures:
    from benchmarks import crowds
    from benchmarks.bare import BareFts, text_of
    from search.engines.embedded import EmbeddedEngine

    engine = EmbeddedEngine(folder / "size.sqlite3")
    engine.prepare()
    _apply(engine, crowds.households(EMBEDDED))
    bare = BareFts(folder)
    bare.fill(text_of(put.entry) for put in crowds.households(EMBEDDED))
    times: dict[str, list[float]] = {"portal": [], "bare": []}
    for text in crowds.names(ASKED):
        query = _query(text)
        times["portal"].append(_seconds(partial(engine.search, query)) * 1000)
        times["bare"].append(_seconds(partial(bare.ask, text)) * 1000)
    return _figures("size.embedded", times)


def _figures(group: str, times: dict[str, list[float]]) -> Figures:
    found: Figures = {}
    for side, taken in times.items():
        found[f"{group}.{side}.median"] = statistics.median(taken)
        found[f"{group}.{side}.p95"] = statistics.quantiles(taken, n=20)[-1]
    return found


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _memory() -> float:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
