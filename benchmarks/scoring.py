"""Microseconds a household: the scorer and its lines against plain dicts and loops."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from benchmarks.households import AREA, STANDARD, households, reduced
from benchmarks.peers import plain_lines, plain_rules
from portal.registration.standards import Standard, explain, get, record, score
from portal.registration.standards.codes import DEPRIVED
from portal.registration.standards.scoring import Result

COUNT = 1_000
ROUNDS = 15
CLASSES = 3

Answers = dict[str, Any]
Work = Callable[[Answers], object]


class DifferentScoresError(Exception):
    """Portal and peer do not say the same of a household; their speed would say nothing."""


def measure() -> dict[str, float]:
    """The median round of each side, once both have said the same of every household."""
    standard, known = get(STANDARD), plain_rules.rules()
    whole = households(standard, COUNT)
    short = [reduced(standard, one) for one in whole]
    stored = [record(standard, AREA, one) for one in whole]
    of_facts = partial(plain_rules.of_facts, known, AREA)
    of_reduced = partial(plain_rules.of_reduced, known, AREA)
    lines = partial(plain_lines.lines, plain_lines.words())
    agree(standard, whole, of_facts)
    agree(standard, short, of_reduced)
    same_lines(standard, stored, lines)
    ours: Work = partial(score, standard, AREA)
    told: Work = partial(explain, standard, AREA)
    return {
        **_times("reduced", short, ours, of_reduced),
        **_times("facts", whole, ours, of_facts),
        **_times("explain", stored, told, lines),
    }


def _times(name: str, asked: Sequence[Answers], portal: Work, peer: Work) -> dict[str, float]:
    """In turns, so that a busy moment falls on both sides alike."""
    sides = {"portal": portal, "peer": peer}
    rounds: dict[str, list[float]] = {side: [] for side in sides}
    for _ in range(ROUNDS):
        for side, work in sides.items():
            started = time.perf_counter()
            for answers in asked:
                work(answers)
            rounds[side].append((time.perf_counter() - started) / len(asked) * 1e6)
    return {f"score.{name}.{side}": statistics.median(each) for side, each in rounds.items()}


def agree(standard: Standard, asked: Sequence[Answers], peer: Callable[[Answers], Answers]) -> None:
    """Class, points and indicators; and each class has to occur, or little was compared."""
    classes = set()
    for number, answers in enumerate(asked):
        ours, theirs = _plain(score(standard, AREA, answers)), peer(answers)
        if ours != theirs:
            raise DifferentScoresError(f"household {number}: portal {ours}, peer {theirs}")
        classes.add(theirs["class"])
    if len(classes) < CLASSES:
        raise DifferentScoresError(f"only these classes occur: {', '.join(sorted(classes))}")


def _plain(found: Result) -> Mapping[str, object]:
    """A settled result in the peer's shape."""
    states = enumerate(found.indicators, start=1)
    return {
        "class": found.classification,
        "b1": found.b1[0] if found.b1 else None,
        "b2": found.b2[0] if found.b2 else None,
        "indicators": {str(number): state == DEPRIVED for number, state in states},
    }


def same_lines(
    standard: Standard, stored: Sequence[Answers], peer: Callable[[Answers], list[Any]]
) -> None:
    """Each line, field by field."""
    for number, kept in enumerate(stored):
        for ours, theirs in zip(explain(standard, AREA, kept), peer(kept), strict=True):
            if tuple(ours) != theirs:
                raise DifferentScoresError(f"line of household {number}: {ours}, peer {theirs}")
