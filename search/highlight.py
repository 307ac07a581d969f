"""Snippets: a piece of the original text, escaped, with `<mark>` as its only tag.

Both engines use this one, so that they show the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import escape

from search.contract import SNIPPET_CHARS
from search.text import fold, place_tones

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
LEAD_IN = 60
ELLIPSIS = "…"


def snippet(text: str, marks: frozenset[str], limit: int = SNIPPET_CHARS) -> str:
    """The piece of `text` with the most different words of `marks`, as safe HTML.

    At most `limit` characters of text, marks not counted.
    """
    plain = _SPACE.sub(" ", text).strip()
    found = [match for match in _WORD.finditer(plain) if _folded(match.group()) in marks]
    start, end = _window(plain, found, limit - 2)
    inside = [match for match in found if match.start() >= start and match.end() <= end]
    pieces = [ELLIPSIS] if start else []
    position = start
    for match in inside:
        pieces += [
            str(escape(plain[position : match.start()])),
            f"<mark>{escape(match.group())}</mark>",
        ]
        position = match.end()
    pieces.append(str(escape(plain[position:end])))
    return "".join([*pieces, ELLIPSIS if end < len(plain) else ""])


def best_snippet(texts: Iterable[str], marks: frozenset[str]) -> str:
    """The snippet of the first text that holds a mark, else the beginning of the first text."""
    given = [text for text in texts if text.strip()]
    for text in given:
        if any(_folded(word) in marks for word in _WORD.findall(text)):
            return snippet(text, marks)
    return snippet(given[0], marks) if given else ""


def _folded(word: str) -> str:
    return fold(place_tones(word))


def _window(plain: str, found: list[re.Match[str]], limit: int) -> tuple[int, int]:
    if len(plain) <= limit:
        return 0, len(plain)
    best, best_count = 0, -1
    for index, match in enumerate(found):
        words = {
            _folded(other.group())
            for other in found[index : index + 40]
            if other.end() <= match.start() + limit - LEAD_IN
        }
        if len(words) > best_count:
            best, best_count = match.start(), len(words)
    start = _at_word(plain, max(0, best - LEAD_IN))
    end = min(len(plain), start + limit)
    return start, plain.rfind(" ", start, end) if end < len(plain) and " " in plain[
        start:end
    ] else end


def _at_word(plain: str, position: int) -> int:
    if position == 0:
        return 0
    space = plain.find(" ", position)
    return space + 1 if 0 <= space < position + LEAD_IN else position
