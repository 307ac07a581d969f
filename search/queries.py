"""From what a visitor typed to an answer: limits, list rules, outage as a state."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from portal.jobs import clock
from search import contract, registry
from search.contract import EngineDownError, Reason, SearchQuery, SearchResult, State
from search.engines import get_engine
from search.text import nfc, words

log = logging.getLogger(__name__)
WORDS = 32
WORDS_FOR_NAMES = 2
COMMUNE_FACET = "commune"


def ask(
    text: str,
    *,
    kinds: tuple[str, ...] = (),
    filters: Mapping[str, tuple[str, ...]] | None = None,
    page: int = 1,
    sort: str = "relevance",
) -> SearchResult:
    """Answer a visitor: anything typed is plain text, and nothing typed is an error.

    Entries of poverty lists need two words, or a word and a commune, and show at most
    `contract.LIST_ENTRY_HITS`: a name finds its list, but a list cannot be drained by search.
    """
    typed, too_long = _shorten(nfc(text))
    chosen = {name: values for name, values in (filters or {}).items() if values}
    names_asked = not kinds or contract.LIST_ENTRY in kinds
    too_short = bool(words(typed)) and _too_short_for_names(typed, chosen)
    query = SearchQuery(
        text=typed,
        at=clock.now(),
        kinds=kinds,
        without=(contract.LIST_ENTRY,) if too_short else (),
        filters=chosen,
        page=page,
        sort=sort,
    )
    result = _bounded(query)
    if too_long and result.state == State.COMPLETE:
        return replace(result, state=State.LIMITED, reason=Reason.TOO_LONG)
    if too_short and names_asked and result.state == State.COMPLETE:
        return replace(result, state=State.LIMITED, reason=Reason.LIST_TOO_SHORT)
    return result


def _shorten(text: str) -> tuple[str, bool]:
    cut = text[: contract.QUERY_CHARS]
    kept = words(cut)
    if len(kept) > WORDS:
        return " ".join(kept[:WORDS]), True
    return cut, len(text) > contract.QUERY_CHARS


def _too_short_for_names(text: str, filters: Mapping[str, tuple[str, ...]]) -> bool:
    count = len(words(text))
    return count < WORDS_FOR_NAMES and not (count and filters.get(COMMUNE_FACET))


def _bounded(query: SearchQuery) -> SearchResult:
    """Paging ends where a list could be drained or the engine would sort too much."""
    try:
        result = get_engine().search(query)
    except EngineDownError as error:
        log.warning("search: the engine is down: %s", error)
        return SearchResult(state=State.LIMITED, reason=Reason.ENGINE_DOWN)
    names = result.facets.get("kind", {}).get(contract.LIST_ENTRY, 0)
    asked = not query.kinds or contract.LIST_ENTRY in query.kinds
    if asked and names > contract.LIST_ENTRY_HITS:
        beyond = query.page * query.size > contract.LIST_ENTRY_HITS
        hits = () if beyond else result.hits
        return replace(result, hits=hits, state=State.LIMITED, reason=Reason.LIST_LIMIT)
    return result


def deepest_page(size: int = contract.PAGE_SIZE) -> int:
    """The last page that is served."""
    return contract.DEEPEST_HIT // size


def known_kinds(values: list[str]) -> tuple[str, ...]:
    """Only kinds that exist; an unknown one is as if it had not been asked."""
    return tuple(value for value in values if value in registry.kinds())
