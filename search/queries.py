"""From what a visitor typed to an answer: limits, list rules, outage as a state."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings

from portal.jobs import clock, visitors
from search import abbreviations, contract, maps, places, queryplan, registry, standing
from search.contract import EngineDownError, Reason, SearchQuery, SearchResult, State, TitleRule
from search.engines import get_engine
from search.queryplan import Plan
from search.text import nfc, words

log = logging.getLogger(__name__)
WORDS = 32
WORDS_OF_A_NAME = 2
COMMUNE_FACET = "commune"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor typed and chose; `address` is the network address that lists are shown to."""

    text: str
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    sort: str = "relevance"
    since: date | None = None
    until: date | None = None
    address: str = ""


def ask(text: str, **chosen: Any) -> SearchResult:
    """`answer()` for callers with few wishes."""
    return answer(Asked(text, **chosen))


def answer(asked: Asked) -> SearchResult:
    """Answer a visitor: anything typed is plain text, and nothing typed is an error.

    Entries of poverty lists need two words of the head's name, or one and the commune; a query
    shows at most `contract.LIST_ENTRY_HITS` of them, all on the first page: a name finds its list,
    but a list cannot be drained by search.
    """
    query, too_long = query_of(asked)
    try:
        result = _shown_to(asked.address, query, still_standing(_bounded(query)))
    except EngineDownError as error:
        log.warning("search: the engine is down: %s", error)
        return SearchResult(state=State.LIMITED, reason=Reason.ENGINE_DOWN)
    names_asked = not asked.kinds or contract.LIST_ENTRY in asked.kinds
    # A number alone asks for nobody, "số" before it or not.
    a_name = any(group[0].isalpha() for group in queryplan.plan(query.text).required)
    too_short = names_asked and a_name and _too_short(query, result)
    return _limited(result, {Reason.TOO_LONG: too_long, Reason.LIST_TOO_SHORT: too_short})


def query_of(asked: Asked) -> tuple[SearchQuery, bool]:
    """The engine's query, and whether only the beginning of the text went into it."""
    typed, too_long = _shorten(nfc(asked.text))
    chosen = {name: values for name, values in asked.filters.items() if values}
    rules = _rules_for_names(queryplan.plan(typed), chosen)
    query = SearchQuery(
        text=typed,
        at=clock.now(),
        kinds=asked.kinds,
        without=() if rules else (contract.LIST_ENTRY,),
        filters=chosen,
        rules={contract.LIST_ENTRY: rules} if rules else {},
        page=asked.page,
        sort=asked.sort,
        since=asked.since,
        until=asked.until,
        synonyms={**abbreviations.synonyms_for(typed), **maps.read(typed).synonyms},
    )
    return query, too_long


def _limited(result: SearchResult, reasons: Mapping[Reason, bool]) -> SearchResult:
    """The first reason that holds, unless the engine or its bound gave one already."""
    held = next((reason for reason, holds in reasons.items() if holds), None)
    if held is None or result.state != State.COMPLETE:
        return result
    return replace(result, state=State.LIMITED, reason=held)


def _shorten(text: str) -> tuple[str, bool]:
    cut = text[: contract.QUERY_CHARS]
    kept = words(cut)
    if len(kept) > WORDS:
        return " ".join(kept[:WORDS]), True
    return cut, len(text) > contract.QUERY_CHARS


def _rules_for_names(asked: Plan, filters: Mapping[str, tuple[str, ...]]) -> tuple[TitleRule, ...]:
    """Under which of its rules an entry of a list may be given; none when no rule can hold.

    Words of places are no name: "thôn Tân Lập" or "Tân Trào" would give everybody who lives there.
    """
    chosen = filters.get(COMMUNE_FACET, ())
    rules = [TitleRule(WORDS_OF_A_NAME)]
    if len(set(chosen)) == 1:
        rules.append(TitleRule(1, facet=COMMUNE_FACET, values=chosen))
    if len(asked.required) >= WORDS_OF_A_NAME:
        rules += [
            TitleRule(1, beside=name, facet=COMMUNE_FACET, values=(code,))
            for code, name in places.named_in(asked.phrase).items()
        ]
    return tuple(rule for rule in rules if len(queryplan.counted(asked, rule)) >= rule.least)


def _too_short(query: SearchQuery, result: SearchResult) -> bool:
    """Whether somebody on a list may be meant whom these words do not reach."""
    return not query.rules or contract.LIST_ENTRY in result.withheld


def _bounded(query: SearchQuery) -> SearchResult:
    """Households stand on the first page alone; the pages after it go on without them."""
    first = get_engine().search(replace(query, page=1))
    names = first.facets.get("kind", {}).get(contract.LIST_ENTRY, 0)
    asked = not query.kinds or contract.LIST_ENTRY in query.kinds
    if not asked or not names:
        return first if query.page == 1 else get_engine().search(query)
    if names > contract.LIST_ENTRY_HITS:
        first = replace(first, state=State.LIMITED, reason=Reason.LIST_LIMIT)
    if query.page == 1:
        return first
    rest = replace(
        query,
        without=(*query.without, contract.LIST_ENTRY),
        rules={},
        back=sum(hit.kind == contract.LIST_ENTRY for hit in first.hits),
    )
    return replace(first, hits=get_engine().search(rest).hits)


def still_standing(result: SearchResult) -> SearchResult:
    """Without what was withdrawn and not yet taken out of the index."""
    gone = standing.fallen({(hit.kind, hit.key) for hit in result.hits})
    if not gone:
        return result
    left = tuple(hit for hit in result.hits if (hit.kind, hit.key) not in gone)
    kinds = Counter(result.facets.get("kind", {}))
    kinds.subtract(kind for kind, _key in gone)
    facets = {**result.facets, "kind": {kind: n for kind, n in kinds.items() if n > 0}}
    return replace(result, hits=left, total=max(result.total - len(gone), len(left)), facets=facets)


def _shown_to(address: str, query: SearchQuery, result: SearchResult) -> SearchResult:
    """Leave out the households that are too many for this network address."""
    keys = [hit.key for hit in result.hits if hit.kind == contract.LIST_ENTRY]
    if not address or not keys:
        return result
    given = visitors.admit(contract.LIST_ENTRY, address, keys, settings.SEARCH_LIST_ENTRIES)
    if len(given) == len(keys):
        return result
    if not given:  # nor do the counts tell how many there are
        without = (*query.without, contract.LIST_ENTRY)
        result = still_standing(_bounded(replace(query, without=without, rules={})))
    hits = tuple(h for h in result.hits if h.kind != contract.LIST_ENTRY or h.key in given)
    return replace(result, hits=hits, state=State.LIMITED, reason=Reason.LIST_LIMIT)


def reachable(result: SearchResult, kinds: tuple[str, ...] = ()) -> int:
    """How many hits paging can reach: households only as far as one page shows them."""
    names = result.facets.get("kind", {}).get(contract.LIST_ENTRY, 0)
    if kinds and contract.LIST_ENTRY not in kinds:
        names = 0
    bounded = result.total - max(names - contract.LIST_ENTRY_HITS, 0)
    return min(bounded, contract.DEEPEST_HIT)


def deepest_page(size: int = contract.PAGE_SIZE) -> int:
    """The last page that is served."""
    return contract.DEEPEST_HIT // size


def known_kinds(values: list[str]) -> tuple[str, ...]:
    """Only kinds that exist; an unknown one is as if it had not been asked."""
    return tuple(value for value in values if value in registry.kinds())
