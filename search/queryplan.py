"""What a typed query asks of an entry, and what an entry offers it; shared by both engines.

Rank is a sum of powers of two, so that the same entry ranks the same on both engines and a
stronger reason always wins over all weaker ones together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.contract import SearchEntry
from search.text import fold, place_tones, spellings, words

NUMBER_WHOLE = 256
NUMBER_ALONE = 128
TITLE_PHRASE_EXACT = 64
TITLE_PHRASE = 32
TITLE_WORDS = 16
BODY_PHRASE = 8
WORDS_EXACT = 4

LONGEST_NUMBER = 5
LONGEST_KEY = 7
_NUMBER = re.compile(r"0*(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Plan:
    """`required` holds for each word its folded spellings: one of each must be there.

    `exact` are the words with their marks; `phrase` and `exact_phrase`
    the words in order; `number_keys`
    and `numbers` say which document number may be meant.
    """

    required: tuple[tuple[str, ...], ...]
    exact: tuple[str, ...]
    phrase: tuple[str, ...]
    exact_phrase: tuple[str, ...]
    number_keys: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Nothing was typed that could match."""
        return not self.required

    @property
    def marks(self) -> frozenset[str]:
        """Every folded word that a snippet should mark."""
        return frozenset(spelling for group in self.required for spelling in group)


def plan(text: str) -> Plan:
    """Any text is plain text; a word "số" before a number only says that a number follows."""
    typed = words(text)
    kept = [
        word
        for word, following in zip(typed, [*typed[1:], ""], strict=False)
        if not (fold(word) == "so" and following.isdecimal())
    ]
    folded = [fold(word) for word in kept]
    return Plan(
        required=tuple(dict.fromkeys(_ways(word) for word in kept)),
        exact=tuple(dict.fromkeys(kept)),
        phrase=tuple(folded),
        exact_phrase=tuple(kept),
        number_keys=tuple(_keys_typed(folded)),
        numbers=tuple(number for word in folded if (number := _plain(word))),
    )


def _ways(word: str) -> tuple[str, ...]:
    """The spellings of a word; offices write numbers below 10 with a leading zero."""
    plain = _plain(word)
    if not plain:
        return spellings(word)
    return tuple(dict.fromkeys((word, plain, plain.zfill(2))))


def _plain(word: str) -> str:
    match = _NUMBER.fullmatch(word)
    return match.group(1) if match else ""


def _keys_typed(folded: list[str]) -> list[str]:
    """Every run of words that begins or ends with a number may be a number and symbol."""
    keys = []
    for start, word in enumerate(folded):
        for end in range(start + 2, min(start + LONGEST_KEY, len(folded)) + 1):
            run = folded[start:end]
            if _plain(word) or _plain(run[-1]):
                keys.append(" ".join(_plain(part) or part for part in run))
    return keys


def number_keys(entry: SearchEntry) -> tuple[str, ...]:
    """Under which typed forms an official document is meant itself.

    `167/KH-UBND` gives `167 kh ubnd`, `167 kh`, `kh 167`, and with the type's name
    `ke hoach 167`, `167 ke hoach`.
    """
    if not entry.number:
        return ()
    parts = [_plain(part) or part for part in map(fold, words(entry.number))]
    keys = {" ".join(parts)}
    letters = [part for part in parts[1:] if not part.isdecimal()]
    if letters:
        keys |= {" ".join([parts[0], *letters]), f"{parts[0]} {letters[0]}"}
        keys |= {f"{letters[0]} {parts[0]}"}
    label = " ".join(map(fold, words(entry.meta.get("kind_label", "").split("(")[0])))
    if label:
        keys |= {f"{label} {parts[0]}", f"{parts[0]} {label}"}
    return tuple(sorted(keys))


def number_alone(entry: SearchEntry) -> str:
    """The number without its symbol, for `… 167`."""
    parts = words(entry.number or "")
    return _plain(parts[0]) if parts else ""


def dates_of(entry: SearchEntry) -> str:
    """The date in the forms that people type."""
    if entry.date is None:
        return ""
    day = entry.date
    return f"{day:%d/%m/%Y} {day.day} {day.month} {day.year}"


def whole_text(entry: SearchEntry) -> str:
    """Everything that may match beside title and number; `meta` is shown, never searched."""
    facets = " ".join(value for values in entry.facets.values() for value in values)
    parts = (entry.summary, entry.body, facets, dates_of(entry))
    return "\n".join(part for part in parts if part)


def tokens(text: str) -> str:
    """The folded words of a text, in order, one space between."""
    return " ".join(fold(word) for word in words(text))


def exact_tokens(text: str) -> str:
    """The words of a text with their marks, in order, one space between."""
    return " ".join(words(place_tones(text)))
