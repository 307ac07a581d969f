"""What a typed query asks of an entry, and what an entry offers it; shared by both engines.

Rank is a sum of powers of two, so that the same entry ranks the same on both engines and a
stronger reason always wins over all weaker ones together. Who types marks means them: then the
exact words anywhere stand before the folded ones, even of a title (design decision 4).
"""

from __future__ import annotations

from dataclasses import dataclass

from search.contract import SearchEntry, SearchQuery, TitleRule
from search.numbers import announces, keys_typed, label_of, plain, short_of, ways
from search.text import fold, place_tones, words

NUMBER_WHOLE = 1024
TITLE_PHRASE_EXACT = 512
WORDS_MEANT = 256
MARKS_MEANT = 128
TITLE_PHRASE = 64
NUMBER_ALONE = 32
TITLE_WORDS = 16
BODY_PHRASE = 8
WORDS_EXACT = 4

# Callers shorten a query and say so; these keep an engine safe from a caller that does not.
MOST_CHARS = 2_000
MOST_WORDS = 64
DEEPEST = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """`required` holds for each word its folded spellings: one of each must be there.

    `exact` are the words with their marks, `marked` those of them that have any; `phrase` and
    `exact_phrase` the words in order; `number_keys` and `numbers` say which document number may be
    meant.
    """

    required: tuple[tuple[str, ...], ...]
    exact: tuple[str, ...]
    marked: tuple[str, ...]
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
    typed = words(text[:MOST_CHARS])[:MOST_WORDS]
    pairs = zip(typed, [*typed[1:], ""], strict=False)
    kept = [word for word, following in pairs if not announces(word, following)]
    folded = [fold(word) for word in kept]
    return Plan(
        required=_different(kept),
        exact=tuple(dict.fromkeys(kept)),
        marked=tuple(dict.fromkeys(w for w, bare in zip(kept, folded, strict=True) if w != bare)),
        phrase=tuple(fold(word) for word in typed),
        exact_phrase=tuple(typed),
        number_keys=tuple(keys_typed(folded)),
        numbers=tuple(number for word in folded if (number := plain(word))),
    )


def _different(kept: list[str]) -> tuple[tuple[str, ...], ...]:
    """Each word once, whatever its spelling: "ly li" asks for one word, and counts as one."""
    groups: dict[frozenset[str], tuple[str, ...]] = {}
    for spelled in map(ways, kept):
        groups.setdefault(frozenset(spelled), spelled)
    return tuple(groups.values())


def counted(asked: Plan, rule: TitleRule) -> tuple[tuple[str, ...], ...]:
    """The words of a query that count for a rule; fewer than `least` mean that it cannot hold."""
    return tuple(
        group
        for group in asked.required
        if not rule.beside.intersection(group) and all(map(str.isascii, group))
    )


def slice_of(query: SearchQuery) -> tuple[int, int]:
    """Offset and size of the asked page; no hits are served beyond `DEEPEST`."""
    offset = (max(query.page, 1) - 1) * query.size
    return (offset, query.size) if offset + query.size <= DEEPEST else (0, 0)


def dates_of(entry: SearchEntry) -> str:
    """The date in the forms that people type."""
    if entry.date is None:
        return ""
    day = entry.date
    return f"{day:%d/%m/%Y} {day.day} {day.month} {day.year}"


def whole_text(entry: SearchEntry) -> str:
    """Everything that may match beside title and number; `meta` is shown, never searched."""
    facets = " ".join(value for values in entry.facets.values() for value in values)
    label = label_of(entry.number or "")
    parts = (label, short_of(entry), entry.summary, entry.body, facets, dates_of(entry))
    return "\n".join(part for part in parts if part)


def tokens(text: str) -> str:
    """The folded words of a text, in order, one space between."""
    return " ".join(fold(word) for word in words(text))


def exact_tokens(text: str) -> str:
    """The words of a text with their marks, in order, one space between."""
    return " ".join(words(place_tones(text)))
