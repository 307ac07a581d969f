"""Judged queries against an engine: nDCG@10 and recall@10 of each, and of all."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from math import log2
from pathlib import Path

from search import lexicon, relaxing
from search.contract import Engine, Put, SearchEntry
from search.queries import Asked, answer

FIRST = 10
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, the case it stands for, and the grade (1 to 3) of each entry that answers it."""

    text: str
    case: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """How good one answer is; `found` are the entries given, in order."""

    judged: Judged
    ndcg: float
    recall: float
    found: tuple[str, ...]


def read(path: Path) -> list[Judged]:
    """Queries of a CSV with the columns query, case, entry (kind:key), grade."""
    grades: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            grades[row["query"], row["case"]][row["entry"]] = int(row["grade"])
    return [Judged(text, case, found) for (text, case), found in grades.items()]


def fill(engine: Engine, entries: Iterable[SearchEntry]) -> None:
    """Put a corpus into an engine and its titles into the lexicon."""
    stream = iter(entries)
    while batch := [Put(entry) for entry in islice(stream, BATCH)]:
        engine.apply(batch)
        lexicon.note(batch)
    lexicon.recount()
    engine.refresh()


def judge(judged: Judged) -> Figures:
    """The figures of one query; of the first spelling, where one is offered."""
    asked = Asked(judged.text)
    result = answer(asked)
    if meant := relaxing.meant(asked, result):
        result = answer(replace(asked, text=meant[0]))
    found = tuple(f"{hit.kind}:{hit.key}" for hit in result.hits[:FIRST])
    gains = [judged.grades.get(entry, 0) for entry in found]
    best = sorted(judged.grades.values(), reverse=True)[:FIRST]
    right = sum(grade > 0 for grade in gains)
    return Figures(judged, _dcg(gains) / _dcg(best), right / len(best), found)


def mean(figures: Iterable[Figures]) -> tuple[float, float]:
    """nDCG@10 and recall@10 over all queries."""
    all_of = list(figures)
    return (
        sum(one.ndcg for one in all_of) / len(all_of),
        sum(one.recall for one in all_of) / len(all_of),
    )


def _dcg(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))
