"""What the rooms of the portal and the engines agree on: plain frozen values, nothing else.

An engine never leaks its own types, so that Elasticsearch and the embedded index can stand for
each other (design decision 2). An entry is one object; its pages illustrate a hit but never
decide match, rank, totals or facets (decision 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

PAGE_SIZE = 20
PAGES_PER_HIT = 3
SNIPPET_CHARS = 300
LIST_ENTRY = "list_entry"
LIST_ENTRY_HITS = 20
DEEPEST_HIT = 1000
QUERY_CHARS = 500


class State(StrEnum):
    """Whether a result holds everything that fits the query."""

    COMPLETE = "complete"
    LIMITED = "limited"


class Reason(StrEnum):
    """Why a result is limited; the page turns it into a sentence."""

    ENGINE_DOWN = "engine_down"
    LIST_TOO_SHORT = "list_too_short"
    LIST_LIMIT = "list_limit"
    TOO_LONG = "too_long"


class EngineDownError(Exception):
    """The engine cannot be asked now; the caller says so, never "no results"."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page of a file: `number` counts from 1, `url` opens that page, or, of a file without
    pages, the file. `recognised` from a picture, so that letters may be wrong."""

    number: int
    text: str
    url: str
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One object as the index holds it.

    `key` is the object's primary key as text. `version` is the outbox counter: an engine never
    lets a smaller one replace a larger one. The window is half open, `[visible_from,
    visible_until)`, in aware datetimes, `None` meaning no edge. `facets` maps a facet name to its
    values. `number` is the number and symbol of an official document as written. `places` holds
    unit codes. `body` is the whole text, capped by the caller. `unsure` are words that may be
    wrong: they are found, and never count as written exactly so.
    """

    kind: str
    key: str
    version: int
    title: str
    url: str
    number: str | None = None
    summary: str = ""
    body: str = ""
    unsure: str = ""
    date: date | None = None
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    weight: int = 0
    pages: tuple[PageText, ...] = ()


@dataclass(frozen=True, slots=True)
class Put:
    """Store this entry unless the engine holds a newer version of it."""

    entry: SearchEntry


@dataclass(frozen=True, slots=True)
class Remove:
    """Leave an empty tombstone of this version, so that a late `Put` revives nothing."""

    kind: str
    key: str
    version: int


Change = Put | Remove


@dataclass(frozen=True, slots=True)
class TitleRule:
    """At least so many different words of the query must stand in an entry's title.

    Words in `beside` do not count (a commune's name says nothing of a person), nor do words with
    other than plain folded letters, which an index might read as one that was counted already.
    With `facet` the rule is for entries with one of the `values` alone.
    """

    least: int
    beside: frozenset[str] = frozenset()
    facet: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a visitor asked: `text` raw as typed, `filters` facet name to accepted values.

    Values of one facet are alternatives, facets are joined by *and*. `kinds` empty means all.
    `without` names kinds that must stay out whatever else is asked (short queries leave out list
    entries). Entries of a kind in `rules` are given only when one of its rules holds. `page`
    counts from 1, and begins `back` hits earlier than its number says. `at` decides the window.
    `since` and `until` are days of the entry's date, both included. `synonyms` maps a word or a run
    of words of the query to what may stand for it, folded. With `least` so many of the words are
    enough; 0 means all.
    """

    text: str
    at: datetime
    kinds: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: Mapping[str, tuple[TitleRule, ...]] = field(default_factory=dict)
    page: int = 1
    size: int = PAGE_SIZE
    back: int = 0
    sort: str = "relevance"
    since: date | None = None
    until: date | None = None
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: int = 0


@dataclass(frozen=True, slots=True)
class PageHit:
    """A matching page below its object; `snippet` is escaped HTML with `<mark>` only."""

    page: int
    snippet: str
    url: str
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One object that matched; `snippet` is escaped HTML with `<mark>` as its only tag.

    `repeated` says that one of the pages shows the place of the snippet already. `score` is the
    sum of the reasons that rank it (`search.queryplan`).
    """

    kind: str
    key: str
    title: str
    url: str
    snippet: str
    number: str | None = None
    date: date | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[PageHit, ...] = ()
    repeated: bool = False
    score: int = 0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`total` and `facets` count objects; the `kind` facet ignores the asked kinds.

    `withheld` names kinds of which entries fit the words and no rule gave any.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    state: State = State.COMPLETE
    reason: Reason | None = None
    relaxed: bool = False
    withheld: frozenset[str] = frozenset()


class Engine(Protocol):
    """The one door to an index. Every method may raise `EngineDownError`, and nothing else
    of the engine's own."""

    name: str

    def prepare(self) -> None:
        """Create the index when it is missing; do nothing otherwise."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Write in bulk; older versions than those held are dropped without an error."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer; the visibility window is part of the query, not of indexing alone."""

    def counts(self) -> Mapping[str, int]:
        """Live objects per kind (tombstones and windows aside)."""

    def outdated(self) -> bool:
        """Whether the serving index was made by an older form of this engine."""

    def versions(self) -> Iterator[tuple[str, str, int, bool]]:
        """Stream `(kind, key, version, live)` of everything held, tombstones included."""

    def purge(self, before: datetime) -> int:
        """Forget tombstones written before that moment; return how many."""

    def tidy(self) -> None:
        """Give back the room of what was removed or replaced, so that none of it stays on disk."""

    def drop_old(self) -> None:
        """Delete the index that served before the last rebuild."""

    def refresh(self) -> None:
        """Make everything applied so far visible to `search`."""

    def rebuild(self) -> Rebuild:
        """Open, or resume, a new empty index beside the serving one."""


class Rebuild(Protocol):
    """A second index being filled while the first one serves."""

    def apply(self, changes: Iterable[Change]) -> None:
        """Write into the new index under the same version rule."""

    def counts(self) -> Mapping[str, int]:
        """Live objects per kind in the new index."""

    def swap(self) -> None:
        """Let the new index serve; the old one is kept until `drop_old`."""

    def abandon(self) -> None:
        """Throw the new index away; the old one goes on serving."""
