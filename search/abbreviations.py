"""Abbreviations at query time, both ways: UBND finds "Ủy ban nhân dân" and the other way round.

The list is the editors' (`models.Abbreviation`). Each process keeps it for half a minute, so that
a change shows everywhere soon and a search costs no query for it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.signals import post_delete, post_save

from search.models import Abbreviation
from search.queryplan import exact_tokens, tokens
from search.text import fold, words

KEPT_SECONDS = 30
LONGEST = 8
Pairs = Mapping[str, tuple[str, ...]]


@dataclass
class _Kept:
    until: float = 0.0
    shorts: dict[str, list[str]] = field(default_factory=dict)
    longs: dict[str, list[str]] = field(default_factory=dict)


_kept = _Kept()


def synonyms_for(text: str) -> Pairs:
    """What may stand for words and runs of words of this query, folded."""
    typed = words(text)
    if not typed:
        return {}
    known = _current()
    found: dict[str, list[str]] = defaultdict(list)
    for word in typed:
        found[word] += known.shorts.get(word, [])
    for run in _runs([fold(word) for word in typed]):
        found[run] += known.longs.get(run, [])
    return {key: tuple(dict.fromkeys(others)) for key, others in found.items() if others}


def forget(**_kwargs: Any) -> None:
    """Read the list anew at the next search."""
    _kept.until = 0.0


def connect() -> None:
    """A change shows at once in the process that made it."""
    for signal in (post_save, post_delete):
        signal.connect(forget, sender=Abbreviation, dispatch_uid="search-abbreviations")


def _runs(folded: Sequence[str]) -> set[str]:
    return {
        " ".join(folded[start:end])
        for start in range(len(folded))
        for end in range(start + 1, min(start + LONGEST, len(folded)) + 1)
    }


def _current() -> _Kept:
    if _kept.until < time.monotonic():
        _kept.shorts, _kept.longs = _read()
        _kept.until = time.monotonic() + KEPT_SECONDS
    return _kept


def _read() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """By the short form with its marks and without: "hđ" is no Hướng dẫn, "hd" may be either."""
    shorts: dict[str, list[str]] = defaultdict(list)
    longs: dict[str, list[str]] = defaultdict(list)
    for short, long in Abbreviation.objects.values_list("short", "long"):
        for typed in dict.fromkeys([exact_tokens(short), tokens(short)]):
            shorts[typed].append(tokens(long))
        longs[tokens(long)].append(tokens(short))
    return dict(shorts), dict(longs)
