"""One seeded set of queries over one corpus: both engines count, and order, the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.relevance import corpus, measure
from search import places
from search.contract import LIST_ENTRY, Engine, Put, SearchQuery, SearchResult
from search.engines.embedded import EmbeddedEngine
from search.queries import Asked, query_of

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
DOCUMENTS, HOUSEHOLDS, QUERIES, SEED = 150, 400, 250, 6
SIGNS = ('"{}"', "-{}", "{}", "{}", "{}", "{}*", "({})", "{}/")
JUDGED = ("judged.csv", "judged_more.csv", "judged_others.csv")
FILTERS = {
    "issuer": ("Ủy ban nhân dân tỉnh", "Sở Nội vụ"),
    "year": ("2024", "2025"),
    "section": ("Đời sống", "Lao động"),
    "commune": ("02545", "02473"),
}


def _asked() -> Iterator[Asked]:
    """Judged queries as they are, then words of them thrown together, with every wish there is."""
    dice = random.Random(SEED)
    texts = [one.text for name in JUDGED for one in measure.read(HERE / name)]
    pool = sorted({word for text in texts for word in text.replace('"', " ").split()})
    for number in range(QUERIES):
        if number % 3 == 0:
            text = dice.choice(texts)
        else:
            chosen = dice.choices(pool, k=dice.randint(1, 3))
            text = " ".join(dice.choice(SIGNS).format(word) for word in chosen)
        yield replace(Asked(text), **_wishes(dice))


def _wishes(dice: random.Random) -> dict[str, object]:
    since = date(2024, 1, 1) + timedelta(days=dice.randrange(700))
    facet = dice.choice(sorted(FILTERS))
    given: dict[str, object] = {
        "filters": {facet: tuple(dice.sample(FILTERS[facet], dice.randint(1, 2)))},
        "kinds": tuple(dice.sample(["article", "official_document", LIST_ENTRY], 2)),
        "sort": "date",
        "page": 2,
        "since": since,
        "until": since + timedelta(days=400),
    }
    return {name: given[name] for name in given if dice.random() < 0.25}


def _told(result: SearchResult) -> tuple[object, ...]:
    hits = [(hit.kind, hit.key) for hit in result.hits]
    facets = {name: dict(counts) for name, counts in result.facets.items() if counts}
    return result.total, facets, result.withheld, hits


def _fewer(query: SearchQuery) -> SearchQuery:
    """As the nearest are looked for: two of the words are enough, households stay out."""
    return replace(query, least=2, without=(LIST_ENTRY,), rules={})


@pytest.mark.servers
def test_totals_facets_and_order_are_the_same_on_both(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine.name == "elasticsearch", "both engines are there in the pass on the servers"
    for registered in ("_labels", "_named", "_beginning", "_meant"):
        monkeypatch.setattr(places, registered, list(getattr(places, registered)))
    corpus.know_places()
    embedded = EmbeddedEngine(tmp_path / "other.sqlite3")
    entries = [Put(entry) for entry in corpus.corpus(DOCUMENTS, HOUSEHOLDS)]
    for one in (engine, embedded):
        one.apply(entries)
        one.refresh()
    answered, differing = 0, []
    for number, asked in enumerate(_asked()):
        query = query_of(asked)[0]
        query = _fewer(query) if number % 5 == 4 else query
        first, second = engine.search(query), embedded.search(query)
        answered += bool(first.total)
        if _told(first) != _told(second):
            differing.append((asked, _told(first), _told(second)))
    assert differing == []
    assert answered > QUERIES // 3
