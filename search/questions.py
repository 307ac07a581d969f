"""What people put around a question, and need not be found: "cách … ", "… ở đâu", "… là gì"."""

from __future__ import annotations

from collections.abc import Sequence

from search.text import fold

_BEFORE = (
    "cho toi hoi", "cho em hoi", "cho hoi", "xin hoi", "toi muon hoi", "toi muon", "em muon",
    "lam the nao de", "lam the nao", "lam sao de", "lam sao", "cach",
)  # fmt: skip
_BEHIND = (
    "la gi", "la ai", "la nhu the nao", "nhu the nao", "the nao", "o dau", "khi nao", "bao gio",
    "duoc khong", "co duoc khong", "phai khong", "khong a",
)  # fmt: skip
# Words of their own, of which "cách" is the first half: cách ly, cách mạng, cách âm, cách nhiệt.
_OTHER = frozenset({"ly", "mang", "am", "nhiet"})
LEAST = 2


def without_question(typed: Sequence[str]) -> list[str]:
    """The words that say what is asked about, while at least two are left."""
    left, folded = list(typed), [fold(word) for word in typed]
    before = [phrase.split() for phrase in _BEFORE]
    behind = [phrase.split() for phrase in _BEHIND]
    for phrase in before:
        begins = folded[: len(phrase)] == phrase and len(folded) >= len(phrase) + LEAST
        if begins and not (phrase == ["cach"] and folded[1] in _OTHER):
            left, folded = left[len(phrase) :], folded[len(phrase) :]
    for phrase in behind:
        if folded[-len(phrase) :] == phrase and len(folded) >= len(phrase) + LEAST:
            left, folded = left[: -len(phrase)], folded[: -len(phrase)]
    return left
