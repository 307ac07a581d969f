"""Snippets: a piece of the original text, escaped, with `<mark>` as its only tag.

Both engines use this one, so that they show the same. A text may have hundreds of pages, so it is
read in chunks up to the first word that was asked, and weighed only from there on.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import islice

from search.contract import SNIPPET_CHARS, PageHit
from search.text import APOSTROPHES, fold, nfc

_APOSTROPHE = re.compile(APOSTROPHES)
_TAGS = re.compile("</?mark>")
LEAD_IN = 60
ELLIPSIS = "…"
CHUNK = 1_000
FARTHEST = 20_000
LONGEST_WORD = 100
PLACES = 200
MARK = "<mark>"
SAME = 80
# Beginning, end and folded word.
Match = tuple[int, int, str]


def snippet(text: str, marks: frozenset[str], limit: int = SNIPPET_CHARS) -> str:
    """The piece of `text` with the most different words of `marks`, as safe HTML.

    At most `limit` characters of text, marks not counted.
    """
    plain = nfc(text)
    return _shown(plain, _first(plain, _pattern(marks)), marks, limit)


def best_snippet(texts: Iterable[str], marks: frozenset[str]) -> str:
    """The snippet of the first text that holds a mark, else the beginning of the first text."""
    given = [nfc(text) for text in texts if text.strip()]
    pattern = _pattern(marks)
    for plain in given:
        place = _first(plain, pattern)
        if place is not None:
            return _shown(plain, place, marks, SNIPPET_CHARS)
    return _shown(given[0], None, marks, SNIPPET_CHARS) if given else ""


def hit_snippet(
    summary: str, body: str, marks: frozenset[str], pages: Sequence[PageHit]
) -> tuple[str, bool]:
    """The best piece of an object, and whether a page below it says the same already.

    The body holds the text of the pages too; where its best piece is one of theirs, the summary
    tells more, marked or not.
    """
    own, found = best_snippet((summary,), marks), best_snippet((summary, body), marks)
    if MARK in own or not any(_same_place(found, page.snippet) for page in pages):
        return found, False
    return (own, False) if own else (found, True)


def _same_place(one: str, other: str) -> bool:
    """Whether the words from the first mark on agree, as far as both go: a page ends sooner."""
    tails = [
        _TAGS.sub("", piece[piece.find(MARK) :]).strip(ELLIPSIS + " ") for piece in (one, other)
    ]
    length = min(SAME, *map(len, tails))
    return length > 0 and tails[0][:length] == tails[1][:length]


@lru_cache(maxsize=64)
def _pattern(marks: frozenset[str]) -> re.Pattern[str]:
    """Finds the words in folded text; an apostrophe inside a word (H'Mông) does not matter."""
    spelled = [f"(?:{APOSTROPHES})?".join(map(re.escape, word)) for word in sorted(marks)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])" if spelled else r"(?!)")


def _matches(plain: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[Match]:
    """Where the words stand between two places, folding no more of the text than is looked at."""
    while start < end:
        before = min(start, 1)  # the letter before tells whether a word begins here
        folded = fold(plain[start - before : start + CHUNK + LONGEST_WORD])
        after = start + CHUNK
        for match in pattern.finditer(folded, before):
            place = start - before + match.start()
            if place >= min(start + CHUNK, end):
                break
            after = max(after, start - before + match.end())
            word = match.group()
            plain_word = word if word.isalnum() else _APOSTROPHE.sub("", word)
            yield place, start - before + match.end(), plain_word
        start = after


def _first(plain: str, pattern: re.Pattern[str]) -> int | None:
    return next((start for start, _end, _word in _matches(plain, pattern, 0, len(plain))), None)


def _shown(plain: str, first: int | None, marks: frozenset[str], limit: int) -> str:
    pattern = _pattern(marks)
    place = 0 if first is None else _best(plain, first, marks, limit - LEAD_IN)
    piece, cut_before, cut_after = _piece(plain, place, limit)
    parts = [ELLIPSIS] if cut_before else []
    position = 0
    for match in pattern.finditer(fold(piece)):
        parts += [
            escape(piece[position : match.start()]),
            f"{MARK}{escape(piece[match.start() : match.end()])}</mark>",
        ]
        position = match.end()
    parts.append(escape(piece[position:]))
    return "".join([*parts, ELLIPSIS if cut_after else ""])


def _best(plain: str, first: int, marks: frozenset[str], width: int) -> int:
    """Where the window begins that holds the most different words."""
    window: deque[Match] = deque()
    best, most = first, 0
    found = _matches(plain, _pattern(marks), first, min(first + FARTHEST, len(plain)))
    for match in islice(found, PLACES):
        window.append(match)
        while window[0][0] + width < match[1] and len(window) > 1:
            window.popleft()
        different = len({word for _start, _end, word in window})
        if different > most:
            best, most = window[0][0], different
        if most == len(marks):
            break
    return best


def _piece(plain: str, place: int, limit: int) -> tuple[str, bool, bool]:
    """The text around a place with single spaces, and whether it was cut before and after."""
    if len(plain) <= 4 * limit:
        whole = " ".join(plain.split())
        if len(whole) <= limit:
            return whole, False, False
    start = max(0, place - LEAD_IN)
    if start:
        space = plain.find(" ", start, place)
        start = space + 1 if space >= 0 else place
    piece = " ".join(plain[start : start + 2 * limit].split())
    room = limit - len(ELLIPSIS) * 2
    if len(piece) <= room:
        return piece, start > 0, start + 2 * limit < len(plain)
    space = piece.rfind(" ", LEAD_IN, room)
    return piece[: space if space > 0 else room], start > 0, True
