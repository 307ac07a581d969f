"""Places under both maps: what a query names by an older unit is found under today's.

Districts ended on 30 June 2025 and communes were joined (NQ 1684/NQ-UBTVQH15), and people go on
saying the names they know. A name with its kind ("huyện Yên Sơn") is read as that place; a bare
name only where it is all that was typed, and then the visitor is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search import places, queryplan
from search.contract import QUERY_CHARS
from search.places import Place
from search.text import fold, nfc, words

# "thành phố" before a name of five words.
LONGEST = places.LONGEST_NAME + 2
MOST_PLACES = 3
MOST_UNITS = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """`found` are older places of which today's units are searched too; `choices` those that the
    visitor has to choose from, each with the query that chooses it; `synonyms` what the words of
    the found ones may stand for."""

    found: tuple[Place, ...] = ()
    choices: tuple[tuple[Place, str], ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words of the query from `start` to `end` that may name these places."""

    start: int
    end: int
    meant: tuple[Place, ...]


def read(text: str) -> Reading:
    """What places a query names, under either map."""
    typed = words(nfc(text[:QUERY_CHARS]))
    found: list[Place] = []
    choices: list[tuple[Place, str]] = []
    synonyms: dict[str, tuple[str, ...]] = {}
    for span in _spans(typed)[:MOST_PLACES]:
        older = [place for place in span.meant if not place.current]
        bare = span.end - span.start == len(typed) and not _with_kind(span, typed)
        if len(span.meant) == 1 and older and not bare:
            found.append(older[0])
            run = " ".join(map(fold, typed[span.start : span.end]))
            synonyms[run] = tuple(map(queryplan.tokens, older[0].today[:MOST_UNITS]))
        elif older:
            choices += [(place, _chosen(typed, span, place)) for place in span.meant]
    return Reading(tuple(found), tuple(choices), synonyms)


def _spans(typed: Sequence[str]) -> list[_Span]:
    """The longest names, from the left, none over another."""
    ends = {
        (start, end): " ".join(typed[start:end])
        for start in range(len(typed))
        for end in range(start + 1, min(start + LONGEST, len(typed)) + 1)
    }
    known = places.meant_by(sorted(set(ends.values()))) if ends else {}
    spans, after = list[_Span](), 0
    for start, end in sorted(ends, key=lambda span: (span[0], -span[1])):
        meant = known.get(ends[start, end], ())
        if start >= after and meant:
            span = _narrowed(typed, start, end, meant)
            if _with_kind(span, typed) or span.end - span.start == len(typed):
                spans.append(span)
                after = span.end
    return spans


def _narrowed(typed: Sequence[str], start: int, end: int, meant: Sequence[Place]) -> _Span:
    """The unit named after a place ("xã Tân Tiến huyện Yên Sơn") says which one is meant."""
    for place in meant:
        within = queryplan.tokens(place.within).split()
        if within and [fold(word) for word in typed[end : end + len(within)]] == within:
            return _Span(start, end + len(within), (place,))
    return _Span(start, end, tuple(_different(meant)))


def _different(meant: Sequence[Place]) -> Iterator[Place]:
    """Each outcome once: an older unit that goes on under the same name is no other place."""
    seen: set[tuple[str, ...]] = set()
    for place in sorted(meant, key=lambda one: not one.current):
        if place.today not in seen:
            seen.add(place.today)
            yield place


def _with_kind(span: _Span, typed: Sequence[str]) -> bool:
    """Whether the kind of the unit was typed, and not its name alone."""
    run = " ".join(fold(word) for word in typed[span.start : span.end])
    return not any(
        run == queryplan.tokens(place.name).partition(" ")[2]
        or run == " ".join(queryplan.tokens(place.name).split()[2:])
        for place in span.meant
    )


def _chosen(typed: Sequence[str], span: _Span, place: Place) -> str:
    """The query with this place in full, and where it lay if another has the same name."""
    alike = [one for one in span.meant if one.name == place.name]
    lay = place.within if len(alike) > 1 and not place.current else ""
    return " ".join(filter(None, [*typed[: span.start], place.name, lay, *typed[span.end :]]))
