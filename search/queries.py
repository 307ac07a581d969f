"""From what a visitor typed to an answer: limits, list rules, outage as a state."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from portal.jobs import clock
from search import contract, places, queryplan, registry
from search.contract import EngineDownError, Reason, SearchQuery, SearchResult, State, TitleRule
from search.engines import get_engine
from search.queryplan import Plan
from search.text import nfc, words

log = logging.getLogger(__name__)
WORDS = 32
WORDS_OF_A_NAME = 2
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

    Entries of poverty lists need two words of the head's name, or one and the commune, and show at
    most `contract.LIST_ENTRY_HITS`: a name finds its list, but a list cannot be drained by search.
    """
    typed, too_long = _shorten(nfc(text))
    chosen = {name: values for name, values in (filters or {}).items() if values}
    rules = _rules_for_names(queryplan.plan(typed), chosen)
    query = SearchQuery(
        text=typed,
        at=clock.now(),
        kinds=kinds,
        without=() if rules else (contract.LIST_ENTRY,),
        filters=chosen,
        rules={contract.LIST_ENTRY: rules} if rules else {},
        page=page,
        sort=sort,
    )
    result = _bounded(query)
    names_asked = not kinds or contract.LIST_ENTRY in kinds
    a_name = any(map(str.isalpha, words(typed)))  # a number alone asks for nobody
    too_short = names_asked and a_name and _too_short(rules, result)
    return _limited(result, {Reason.TOO_LONG: too_long, Reason.LIST_TOO_SHORT: too_short})


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


def _too_short(rules: tuple[TitleRule, ...], result: SearchResult) -> bool:
    """Whether somebody on a list may be meant whom these words do not reach."""
    return not rules or contract.LIST_ENTRY in result.withheld


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
