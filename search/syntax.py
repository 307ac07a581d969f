"""The two signs that mean something in a query: quotes hold words together, a minus leaves out.

Everything else is plain text, and so are these where they make no sense: a quote without its
partner, a minus with nothing beside it to look for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.text import words

_SIGNS = re.compile(r'(?<!\S)(-?)["“”]([^"“”]*)["“”](?!\w)|(?<!\S)-(\w\S*)')


@dataclass(frozen=True, slots=True)
class Typed:
    """`text` holds all words to look for, those of `phrases` too; `without` those to leave out."""

    text: str
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def parse(text: str) -> Typed:
    """Read the signs; any text is a query."""
    phrases: list[str] = []
    without: list[str] = []

    def taken(match: re.Match[str]) -> str:
        minus, quoted, word = match.groups()
        if word or minus:
            without.append(word or quoted)
            return " "
        phrases.append(quoted)
        return f" {quoted} "

    rest = _SIGNS.sub(taken, text)
    if not words(rest):
        return Typed(text)
    return Typed(rest, *(tuple(p for p in kept if words(p)) for kept in (phrases, without)))
