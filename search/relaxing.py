"""When nothing fits, or nothing well: what is near, under its own heading, never among hits."""

from __future__ import annotations

from dataclasses import replace

from search import contract, lexicon, queryplan
from search.contract import EngineDownError, Hit, Reason, SearchQuery, SearchResult
from search.engines import get_engine
from search.queries import Asked, query_of, still_standing

MEANT = 3
# Who has hits to read does not wait for every spelling.
TRIED = 3
FEWEST_WORDS = 2
# Of more words there are too many pairs to leave out.
TWO_DROPPED = 12


def is_empty(result: SearchResult) -> bool:
    """Nothing fits, and the engine could say so."""
    return not result.total and result.reason != Reason.ENGINE_DOWN


def meant(asked: Asked, result: SearchResult) -> list[str]:
    """Other spellings that find something; each is one click away.

    Those whose words stand together somewhere (in a title, a number, or in order in a text) leave
    out the others. Where something fits, only these are offered, and only if the words typed stand
    together nowhere.
    """
    empty = is_empty(result)
    if not empty and (asked.page > 1 or not result.hits or any(map(_well, result.hits))):
        return []
    found: dict[str, bool] = {}
    for spelled in lexicon.corrections(asked.text)[: None if empty else TRIED]:
        hits = _search(replace(_public(asked), text=spelled, page=1, size=1)).hits
        if hits and (empty or _well(hits[0])):
            found[spelled] = _well(hits[0])
    some_well = any(found.values())
    return [spelled for spelled, well in found.items() if well or not some_well][:MEANT]


def _well(hit: Hit) -> bool:
    """A household's name says by itself who is meant."""
    return hit.kind == contract.LIST_ENTRY or bool(hit.score & queryplan.TOGETHER)


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
