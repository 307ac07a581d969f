"""When nothing fits: the nearest that does, under its own heading and never among hits."""

from __future__ import annotations

from dataclasses import replace

from search import contract, lexicon, queryplan
from search.contract import EngineDownError, Reason, SearchQuery, SearchResult
from search.engines import get_engine
from search.queries import Asked, query_of, still_standing

MEANT = 3
FEWEST_WORDS = 2
# Of more words there are too many pairs to leave out.
TWO_DROPPED = 12


def is_empty(result: SearchResult) -> bool:
    """Nothing fits, and the engine could say so."""
    return not result.total and result.reason != Reason.ENGINE_DOWN


def meant(asked: Asked) -> list[str]:
    """Other spellings of the query that find something; each is one click away."""
    found: list[str] = []
    for spelled in lexicon.corrections(asked.text):
        if len(found) < MEANT and _search(replace(_public(asked), text=spelled, size=1)).total:
            found.append(spelled)
    return found


def fewer_words(asked: Asked) -> SearchResult:
    """What fits when one word or two are let go; households are never offered so."""
    query = _public(replace(asked, text=asked.text.replace('"', " "), page=1))
    count = len(queryplan.plan_of(query).wanted)
    for dropped in range(1, 3 if 4 < count <= TWO_DROPPED else 2):
        least = count - dropped
        if least < FEWEST_WORDS:
            break
        result = _search(replace(query, least=least))
        if result.total:
            return replace(result, relaxed=True)
    return SearchResult()


def _public(asked: Asked) -> SearchQuery:
    query, _too_long = query_of(asked)
    return replace(query, without=(contract.LIST_ENTRY,), rules={})


def _search(query: SearchQuery) -> SearchResult:
    try:
        return still_standing(get_engine().search(query))
    except EngineDownError:
        return SearchResult()
