"""What a typed query asks of an entry, and what an entry offers it; shared by both engines.

Rank is a sum of powers of two, so that the same entry ranks the same on both engines and a
stronger reason always wins over all weaker ones together. Who types marks means them: then the
exact words anywhere stand before the folded ones, even of a title (design decision 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import syntax
from search.contract import LIST_ENTRY, SearchEntry, SearchQuery, TitleRule
from search.numbers import (
    announces,
    keys_typed,
    label_of,
    number_keys,
    parts,
    plain,
    short_of,
    together,
    ways,
    without_year_word,
)
from search.questions import without_question
from search.text import fold, words

# The higher issuer of a number that was typed and nothing else: central, province, department.
ISSUER = {4: 65536, 3: 32768, 2: 16384, 1: 8192}
NUMBER_WHOLE = 2048
TITLE_PHRASE_EXACT = 1024
WORDS_MEANT = 512
MARKS_MEANT = 256
TITLE_PHRASE = 128
TITLE_INSIDE = 64
NUMBER_ALONE = 32
TITLE_WORDS = 16
BODY_PHRASE = 8
WORDS_EXACT = 4
WORDS_SURE = 2
# Any of these: the words stand together, as a number, in a title or in order in a text.
TOGETHER = (
    NUMBER_WHOLE | TITLE_PHRASE_EXACT | TITLE_PHRASE | TITLE_INSIDE | TITLE_WORDS | BODY_PHRASE
)

# Callers shorten a query and say so; these keep an engine safe from a caller that does not.
MOST_CHARS = 2_000
MOST_WORDS = 64
DEEPEST = 10_000
LONGEST_TITLE = 12
TITLE_KEY = "= "
# Codes and states narrow an answer; nobody looks for a household by its class.
SHOWN_FACETS = frozenset({"list_class", "validity"})
# What stands before a name when people ask for a household; it says nothing of who is meant.
FORMS_OF_ADDRESS = "hộ ông bà"
# Words that only join others, as their marks tell, and need not be found. A name may end in one.
JOINING = frozenset({"của", "những", "các", "với", "tại", "bởi", "về"})
Groups = tuple[tuple[str, ...], ...]
Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """`required` holds for each word its folded spellings; only these count for a `TitleRule`.

    `wanted` holds for each word all that may stand for it, several words meaning a phrase: one of
    each must be there. `excluded` are phrases that must not, with whether their marks are meant.
    `exact` are the words with their marks, `long_forms` what those of them that are short stand
    for, folded, which is as good as the words themselves; `marked` those that have any marks;
    `phrase` and `exact_phrase` the words in order, `telling` those that do not only join;
    `number_keys` and `numbers` say which document number may be meant, `whole_keys` which one if
    the query is nothing else; `titles` which whole title.
    """

    required: Groups
    wanted: Groups
    excluded: tuple[tuple[str, bool], ...]
    exact: tuple[str, ...]
    long_forms: Mapping[str, tuple[str, ...]]
    marked: tuple[str, ...]
    phrase: tuple[str, ...]
    exact_phrase: tuple[str, ...]
    telling: tuple[str, ...]
    number_keys: tuple[str, ...]
    whole_keys: tuple[str, ...]
    numbers: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Nothing was typed that could match."""
        return not self.required

    @property
    def title_phrases(self) -> tuple[str, ...]:
        """The words in order with their marks, as typed and without what only joins them."""
        return tuple(dict.fromkeys([" ".join(self.exact_phrase), " ".join(self.telling)]))

    @property
    def marks(self) -> frozenset[str]:
        """Every folded word or phrase that a snippet should mark."""
        return frozenset(spelling for group in self.wanted for spelling in group)


def plan_of(query: SearchQuery) -> Plan:
    """What a query asks, with its synonyms."""
    return plan(query.text, query.synonyms)


def plan(text: str, synonyms: Synonyms | None = None) -> Plan:
    """Any text is plain text; a word "số" before a number only says that a number follows."""
    asked = syntax.parse(text[:MOST_CHARS])
    typed = words(asked.text)[:MOST_WORDS]
    about = without_question(typed)
    pairs = zip(about, [*about[1:], ""], strict=False)
    kept = [word for word, following in pairs if not announces(word, following)]
    split = [part for word in kept for part in parts(word)]
    folded = [fold(word) for word in split]
    keys, whole = _numbers(folded)
    return Plan(
        required=_different(map(ways, split)),
        wanted=_wanted(_telling(kept), synonyms or {}, asked.phrases),
        excluded=tuple(_excluded(term) for term in asked.without),
        exact=tuple(dict.fromkeys(split)),
        long_forms={word: others for word in split if (others := (synonyms or {}).get(word))},
        marked=tuple(word for word in dict.fromkeys(split) if word != fold(word)),
        phrase=tuple(fold(word) for word in typed),
        exact_phrase=tuple(typed),
        telling=tuple(_telling(about)),
        number_keys=keys,
        whole_keys=whole,
        numbers=tuple(number for word in folded if (number := plain(word))),
        titles=tuple(dict.fromkeys(_titles([fold(word) for word in typed]))),
    )


def _telling(kept: Sequence[str]) -> list[str]:
    """Without the words that join what stands before them to what follows."""
    last = len(kept) - 1
    return [w for place, w in enumerate(kept) if w not in JOINING or place in (0, last)]


def _different(spelled: Iterator[tuple[str, ...]]) -> Groups:
    """Each word once, whatever its spelling: "ly li" asks for one word, and counts as one."""
    groups: dict[frozenset[str], tuple[str, ...]] = {}
    for group in spelled:
        groups.setdefault(frozenset(group), group)
    return tuple(groups.values())


def _wanted(kept: Sequence[str], synonyms: Synonyms, phrases: tuple[str, ...]) -> Groups:
    """What stands for a run of words is an alternative of each of its words: (a or x) and (b or x)
    is (a and b) or x."""
    groups = [list(group) for word in kept for group in _alone(word, synonyms)]
    folded = [fold(part) for word in kept for part in parts(word)]
    for run, others in synonyms.items():
        length = run.count(" ") + 1
        for start in range(len(folded) - length + 1) if length > 1 else ():
            if " ".join(folded[start : start + length]) == run:
                for place in range(start, start + length):
                    groups[place] += others
    quoted = [(tokens(phrase),) for phrase in phrases]
    return _different(iter([*(tuple(dict.fromkeys(group)) for group in groups), *quoted]))


def _alone(word: str, synonyms: Synonyms) -> Iterator[tuple[str, ...]]:
    """One group for a word, or two for a short name and a number written together."""
    pieces = parts(word)
    together = (fold(word),) if len(pieces) > 1 else ()
    for piece in pieces:
        yield (*ways(piece), *synonyms.get(piece, ()), *together)


def _excluded(term: str) -> tuple[str, bool]:
    return (
        (exact_tokens(term), True) if exact_tokens(term) != tokens(term) else (tokens(term), False)
    )


def _numbers(folded: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers that may be meant, and those that the whole query is."""
    dated = without_year_word(folded)
    keys = dict.fromkeys([*keys_typed(dated), *keys_typed(folded)])
    whole = " ".join(plain(word) or word for word in dated)
    return tuple(keys), (whole,) if whole in keys else ()


def _titles(folded: Sequence[str]) -> Iterator[str]:
    """Every run of the query that may be somebody's whole name, or another title."""
    for start in range(len(folded)):
        for end in range(start + 2, min(start + LONGEST_TITLE, len(folded)) + 1):
            yield f"{TITLE_KEY}{' '.join(folded[start:end])}"


def keys_of(entry: SearchEntry) -> tuple[str, ...]:
    """Under what an entry is meant as a whole: its number in all forms, its title in two words
    or more."""
    title = tokens(entry.title)
    fits = 1 <= title.count(" ") < LONGEST_TITLE
    return (*number_keys(entry), f"{TITLE_KEY}{title}") if fits else number_keys(entry)


def counted(asked: Plan, rule: TitleRule) -> Groups:
    """The words of a query that count for a rule; fewer than `least` mean that it cannot hold."""
    return tuple(
        group
        for group in asked.required
        if not rule.beside.intersection(group) and all(map(str.isascii, group))
    )


def key_ranks(asked: Plan) -> list[tuple[int, tuple[str, ...]]]:
    """Reasons to stand higher that are keys of an entry, each worth its power of two."""
    given = (
        (NUMBER_WHOLE, asked.number_keys),
        (NUMBER_ALONE, asked.numbers),
        (TITLE_INSIDE, asked.titles),
    )
    return [(worth, keys) for worth, keys in given if keys]


def slice_of(query: SearchQuery) -> tuple[int, int]:
    """Offset and size of the asked page; no hits are served beyond `DEEPEST`."""
    offset = max((max(query.page, 1) - 1) * query.size - query.back, 0)
    return (offset, query.size) if offset + query.size <= DEEPEST else (0, 0)


def texts_of(entry: SearchEntry) -> tuple[str, str]:
    """The words beside the title with their marks, and the unsure ones folded.

    Unsure words are in a track of their own: they are found, and no reason to stand higher counts
    them, so that the same words elsewhere stand before them.
    """
    return exact_tokens(f"{entry.number or ''}\n{whole_text(entry)}"), tokens(entry.unsure)


def told(title: str) -> str:
    """The words of a title without what only joins them, with their marks; nothing where none
    does. So "thông tin về lao động" is meant by "thông tin lao động" as if it stood so."""
    typed = exact_tokens(title).split()
    left = _telling(typed)
    return " ".join(left) if left != typed else ""


def dates_of(entry: SearchEntry) -> str:
    """The date in the forms that people type."""
    if entry.date is None:
        return ""
    day = entry.date
    return f"{day:%d/%m/%Y} ngày {day.day} tháng {day.month} năm {day.year}"


def whole_text(entry: SearchEntry) -> str:
    """Everything that may match beside title and number; `meta` is shown, never searched."""
    searched = (values for name, values in entry.facets.items() if name not in SHOWN_FACETS)
    facets = " ".join(value for values in searched for value in values)
    label = label_of(entry.number or "")
    joined = together(entry.number or "")
    address = FORMS_OF_ADDRESS if entry.kind == LIST_ENTRY else ""
    named = (label, short_of(entry), joined, address)
    texts = (*named, entry.summary, entry.body, facets, dates_of(entry))
    return "\n".join(text for text in texts if text)


def tokens(text: str) -> str:
    """The folded words of a text, in order, one space between."""
    return fold(exact_tokens(text))


def exact_tokens(text: str) -> str:
    """The words of a text with their marks, in order, one space between."""
    return " ".join(words(text))
