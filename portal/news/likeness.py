"""Which titles speak of the same thing: by the words they share, rare ones first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from search.text import exact, words

FEWEST, LEAST = 2, 0.25


def alike(title: str, others: Iterable[tuple[int, str]], most: int) -> dict[int, float]:
    """The keys of the titles nearest to a title with how near they are, between 0 and 1.

    A word counts by how seldom it stands in all these titles; two words at least must be shared,
    and they must weigh a quarter of the title.
    """
    known = {key: _parts(text) for key, text in others}
    asked = _parts(title)
    spread = Counter(word for found in known.values() for word in found)
    weight = {word: math.log(1 + len(known) / (1 + spread[word])) for word in asked}
    whole = sum(weight.values())
    near: dict[int, float] = {}
    for key, found in known.items():
        shared = asked & found
        share = sum(weight[word] for word in shared) / whole if whole else 0.0
        if len(shared) >= FEWEST and share >= LEAST:
            near[key] = share
    return dict(sorted(near.items(), key=lambda item: -item[1])[:most])


@lru_cache(maxsize=2000)
def _parts(title: str) -> frozenset[str]:
    """Two syllables side by side: one alone is no word in Vietnamese."""
    syllables = words(exact(title))
    return frozenset(f"{one} {two}" for one, two in pairwise(syllables))
