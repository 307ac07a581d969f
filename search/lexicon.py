"""The site's own titles and words: completion while typing, and "ý bạn là" after a typo.

Kept in the main database, so that both engines suggest the same and that something is offered
while the engine is down. Households of lists never come in here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from portal.jobs import clock
from search import keystrokes
from search.contract import LIST_ENTRY, Change, Put, SearchEntry
from search.models import KnownTitle, KnownWord
from search.queryplan import exact_tokens, tokens
from search.text import fold, words

OFFERED = 8
SHORTEST = 2
LONGEST_WORD = 60
LONGEST_SLIP = 12
MOST_WORDS = 8
MOST_SLIPS = 4
BATCH = 500
BESIDE = 1000
Use = tuple[str, int]
_LETTERS = "abcdeghiklmnopqrstuvxyfjwz0123456789"


def note(changes: Iterable[Change]) -> None:
    """Keep the titles of what was written to the index, and forget those of what was removed."""
    kept: list[SearchEntry] = []
    gone: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        if isinstance(change, Put):
            kept += [change.entry] if change.entry.kind != LIST_ENTRY else []
        elif change.kind != LIST_ENTRY:
            gone[change.kind].append(change.key)
    if not kept and not gone:
        return
    with transaction.atomic():
        for kind in sorted(gone):
            KnownTitle.objects.filter(kind=kind, key__in=gone[kind]).delete()
        rows = [_row(entry) for entry in sorted(kept, key=lambda e: (e.kind, e.key))]
        fields = [f.name for f in KnownTitle._meta.fields if f.name not in {"id", "kind", "key"}]
        KnownTitle.objects.bulk_create(
            rows, BATCH, update_conflicts=True, unique_fields=["kind", "key"], update_fields=fields
        )
        _learn(kept)


def _row(entry: SearchEntry) -> KnownTitle:
    return KnownTitle(
        kind=entry.kind,
        key=entry.key,
        title=entry.title[:300],
        number=(entry.number or "")[:80],
        url=entry.url[:500],
        folded=f" {tokens(entry.number or '')} {tokens(entry.title)}"[:400],
        weight=entry.weight,
        date=entry.date,
        visible_from=entry.visible_from,
        visible_until=entry.visible_until,
    )


def _terms(*texts: str) -> Iterator[str]:
    """The words of title and symbol, and each two side by side; numbers are no words."""
    for text in texts:
        exact = exact_tokens(text).split()
        yield from (word for word in exact if word.isalpha() and len(word) <= LONGEST_WORD)
        for one, two in pairwise(exact):
            if one.isalpha() and two.isalpha() and len(one) + len(two) < LONGEST_WORD:
                yield f"{one} {two}"


def _learn(entries: Iterable[SearchEntry]) -> None:
    """New words are known at once; how often each is used is counted every night."""
    terms = (term for entry in entries for term in _terms(entry.title, entry.number or ""))
    found = {fold(term): term for term in terms}
    rows = [KnownWord(folded=folded, written=term) for folded, term in sorted(found.items())]
    KnownWord.objects.bulk_create(rows, BATCH, ignore_conflicts=True)


def recount() -> int:
    """Count all words anew and forget those that no title has any more."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for texts in KnownTitle.objects.values_list("title", "number").iterator():
        for term in _terms(*texts):
            written[fold(term)][term] += 1
    rows = [
        KnownWord(folded=folded, written=ways.most_common(1)[0][0], uses=ways.total())
        for folded, ways in sorted(written.items())
    ]
    with transaction.atomic():
        KnownWord.objects.all().delete()
        KnownWord.objects.bulk_create(rows, BATCH)
    return len(rows)


def shown_now() -> QuerySet[KnownTitle]:
    """The titles whose window runs."""
    at = clock.now()
    begun = Q(visible_from=None) | Q(visible_from__lte=at)
    return KnownTitle.objects.filter(begun, Q(visible_until=None) | Q(visible_until__gt=at))


def complete(typed: str) -> list[KnownTitle]:
    """Titles and numbers that begin with what was typed, or have a word that does so."""
    key = tokens(typed)
    if len(key) < SHORTEST:
        return []
    begins = Case(When(folded__startswith=f" {key}", then=Value(0)), default=Value(1),
                  output_field=IntegerField())  # fmt: skip
    found = shown_now().filter(folded__contains=f" {key}")
    return list(found.order_by(begins, "-weight", F("date").desc(nulls_last=True), "pk")[:OFFERED])


def with_words(typed: str) -> list[KnownTitle]:
    """Titles and numbers with all the words: what is left to offer while the engine is down."""
    wanted = tokens(typed).split()[:MOST_WORDS]
    found = shown_now()
    for word in wanted:
        found = found.filter(folded__contains=f" {word}")
    return (
        list(found.order_by("-weight", F("date").desc(nulls_last=True))[:OFFERED]) if wanted else []
    )


def corrections(typed: str) -> list[str]:
    """Other spellings of a query in words of the site's own titles, likeliest first.

    One query for what is known of the words typed, one for all that stand a slip away from them.
    """
    exact = words(typed)
    folded = [fold(word) for word in exact]
    if not 0 < len(exact) <= MOST_WORDS:
        return []
    known = _uses([*folded, *(" ".join(pair) for pair in pairwise(folded))])
    doubtful = {
        place: _slips(folded, place)
        for place, word in enumerate(folded)
        if _spellable(word) and not _settled(folded, place, known)
    }
    doubtful = dict(islice(doubtful.items(), MOST_SLIPS))
    as_typed = str if exact != folded else fold
    near = _uses([term for slips in doubtful.values() for term in slips])
    found: dict[str, int] = {}
    for place, slips in doubtful.items():
        for other, uses in _others(slips, near, stranger=folded[place] not in known).items():
            found[" ".join([*exact[:place], as_typed(other), *exact[place + 1 :]])] = uses
    likeliest = sorted(found, key=lambda spelled: (-found[spelled], spelled))
    return [*_keyed(folded, known), *likeliest][:OFFERED]


def _keyed(folded: Sequence[str], known: Mapping[str, Use]) -> list[str]:
    """The query as typed with the keyboard's program off."""
    meant = [word if word in known else keystrokes.letters(word) for word in folded]
    return [" ".join(meant)] if meant != list(folded) else []


def _spellable(word: str) -> bool:
    """Plain letters, among which one digit may be a slip; B2 and m2 are none."""
    digits = sum(map(str.isdecimal, word))
    letters = word.isascii() and len(word) - digits >= SHORTEST
    return letters and digits <= 1 and len(word) <= LONGEST_SLIP


def _settled(folded: Sequence[str], place: int, known: Mapping[str, Use]) -> bool:
    """A word that stands beside its neighbour in a title is no typo."""
    around = folded[max(place - 1, 0) : place + 2]
    return any(" ".join(pair) in known for pair in pairwise(around))


def _slips(folded: Sequence[str], place: int) -> dict[str, int | None]:
    """What may have been meant: alone, or beside a neighbour, or as two words that were written
    together; and which word of it is new, none meaning both."""
    word = folded[place]
    found: dict[str, int | None] = {
        f"{word[:cut]} {word[cut:]}": None for cut in range(1, len(word))
    }
    for other in edits(word):
        found[other] = 0
        if place:
            found[f"{folded[place - 1]} {other}"] = 1
        if place + 1 < len(folded):
            found[f"{other} {folded[place + 1]}"] = 0
    return found


def _others(
    slips: Mapping[str, int | None], near: Mapping[str, Use], *, stranger: bool
) -> dict[str, int]:
    """Words meant and how likely: beside a neighbour weighs more, alone only for a stranger."""
    found: dict[str, int] = defaultdict(int)
    for term, place in slips.items():
        if term in near and (stranger or " " in term):
            written, uses = near[term]
            other = written if place is None else written.split()[place]
            found[other] += uses * (BESIDE if " " in term else 1)
    return found


def _uses(terms: Sequence[str]) -> dict[str, Use]:
    if not terms:
        return {}
    rows = KnownWord.objects.filter(folded__in=terms).values_list("folded", "written", "uses")
    return {folded: (written, uses) for folded, written, uses in rows}


def edits(word: str) -> list[str]:
    """Every word one slip away: a letter too many, too few, another, or two changed over."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    near = {a + b[1:] for a, b in splits if b}
    near |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    near |= {a + letter + b[1:] for a, b in splits if b for letter in _LETTERS}
    near |= {a + letter + b for a, b in splits for letter in _LETTERS}
    return sorted(near - {word, ""})
