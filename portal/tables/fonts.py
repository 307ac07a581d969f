"""Tables typed in a font of before Unicode (TCVN3, VNI): one decision for the whole file.

Cell by cell it cannot be told: «Tó» is a good syllable and also how TCVN3 spells Tú. So the
cells vote together, first of the file and then of each column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from search.legacy import decode_legacy
from search.text import repair_legacy

_OLD = re.compile("[\u00a1-\u00ff]")
_MODERN = re.compile("[\u1ea0-\u1ef9ĂăĐđĨĩŨũƠơƯư]")


def vote(cells: Iterable[str]) -> str | None:
    """The old encoding ("tcvn3", "vni") that makes most sense of the cells together, if any."""
    return repair_legacy("\n".join(cell for cell in cells if is_old(cell)))[1]


def is_old(text: str) -> bool:
    """Whether a text could be one of an old font: marked letters, none of them of Unicode only."""
    return bool(_OLD.search(text)) and not is_modern(text)


def is_modern(text: str) -> bool:
    """Whether a text holds a letter that no old font has."""
    return bool(_MODERN.search(text))


def convert(text: str, encoding: str) -> str:
    """A text of an old font in NFC."""
    return unicodedata.normalize("NFC", decode_legacy(text, encoding))


def old_columns(
    rows: Sequence[Sequence[str]], encoding: str, headings: frozenset[int]
) -> frozenset[int]:
    """The columns (from 0) that are of an old font throughout: their heading or their cells say so.

    One with a letter of Unicode is not; «Tân Trào» beside it may be meant as it stands.
    """
    columns: dict[int, list[str]] = {}
    for cells in rows:
        for place, cell in enumerate(cells):
            columns.setdefault(place, []).append(cell)
    return frozenset(
        place
        for place, cells in columns.items()
        if not any(map(is_modern, cells)) and (place in headings or vote(cells) == encoding)
    )
