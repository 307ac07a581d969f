"""The judged queries on a small slice: a change that makes answers worse does not pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.relevance import corpus, measure
from search import places
from search.contract import Engine

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
ALLOWED_FALL = 0.02
DOCUMENTS, HOUSEHOLDS = 200, 800


def test_judged_queries_are_answered_as_well_as_before(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for registered in ("_labels", "_named", "_beginning", "_meant"):
        monkeypatch.setattr(places, registered, list(getattr(places, registered)))
    corpus.know_places()
    measure.fill(engine, corpus.corpus(DOCUMENTS, HOUSEHOLDS))
    baseline = json.loads((HERE / "relevance.json").read_text(encoding="utf-8"))[engine.name]
    for name, least in baseline.items():
        figures = [measure.judge(one) for one in measure.read(HERE / name)]
        ndcg, recall = measure.mean(figures)
        worst = sorted(figures, key=lambda one: one.ndcg)[:5]
        assert ndcg >= least["ndcg"] - ALLOWED_FALL, [one.judged.text for one in worst]
        assert recall >= least["recall"] - ALLOWED_FALL, [one.judged.text for one in worst]


@pytest.mark.once
def test_every_case_is_judged_and_the_corpus_is_the_same_each_time() -> None:
    judged = measure.read(HERE / "judged.csv")
    assert len(judged) >= 120
    judged += measure.read(HERE / "judged_more.csv") + measure.read(HERE / "judged_others.csv")
    first = list(corpus.corpus(40, 40))
    assert first == list(corpus.corpus(40, 40))
    known = {f"{entry.kind}:{entry.key}" for entry in first}
    assert not {entry for one in judged for entry in one.grades} - known
