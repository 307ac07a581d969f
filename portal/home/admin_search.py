"""Wagtail's own search of the back office, which finds Vietnamese however it is typed.

Words go into the index without accents and punctuation, and so do the words that are looked for.
Nothing else of Wagtail's two database backends is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from modelsearch.backends.base import BaseSearchBackend, EmptySearchResults
from modelsearch.query import Phrase, PlainText

from portal.jobs import register_schedule
from search.text import fold

MOST_WORDS = 20
MOST_LETTERS = 200
_made: dict[Any, Any] = {}
_OTHER = re.compile(r"[\W_]+")


def words_of(text: str) -> str:
    """Folded, without anything that a query language would read as its own."""
    return _OTHER.sub(" ", fold(text)).strip()


def asked(query: Any) -> Any:
    """The same question in folded words; an overlong one by its beginning."""
    if isinstance(query, str):
        return " ".join(words_of(query[:MOST_LETTERS]).split()[:MOST_WORDS])
    if isinstance(query, PlainText):
        return PlainText(asked(query.query_string), operator=query.operator)
    if isinstance(query, Phrase):
        return Phrase(asked(query.query_string))
    return query


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return words_of(value)
    if isinstance(value, list | tuple):
        return [_folded(each) for each in value]
    if isinstance(value, dict):
        return {key: _folded(each) for key, each in value.items()}
    return value


class Folded:
    """An object as the indexer reads it: its fields give folded words."""

    def __init__(self, stock: Any) -> None:
        self.stock, self.pk = stock, stock.pk

    def get_search_fields(self) -> list[Any]:
        """The model's own fields, each with a reader of ours."""
        return [_reading(field) for field in self.stock.get_search_fields()]


def _reading(field: Any) -> Any:
    mine = copy(field)
    if hasattr(field, "fields"):
        mine.fields = [_reading(each) for each in field.fields]
        mine.get_value = lambda each: field.get_value(getattr(each, "stock", each))
    else:
        mine.get_value = lambda each: _folded(field.get_value(getattr(each, "stock", each)))
    return mine


def _folding(stock: Any) -> Any:
    """The backend of this database, with folded words on both sides."""

    class Index(stock.index_class):
        """Writes folded words."""

        def add_items(self, model: Any, objs: Iterable[Any]) -> None:
            """Each object through its folding reader."""
            super().add_items(model, [Folded(obj) for obj in objs])

    class Backend(stock):
        """Asks with folded words."""

        index_class = Index

        def _search(self, compiler: Any, query: Any, found: Any, **options: Any) -> Any:
            words = asked(query)
            if not getattr(words, "query_string", words):
                return EmptySearchResults()
            if "sqlite" in stock.__module__:
                # A column filter is an error there, and each row's rank a query of its own.
                options |= {"fields": None, "order_by_relevance": False}
            return super()._search(compiler, words, found, **options)

    return Backend


def backend(params: dict[str, Any]) -> BaseSearchBackend:
    """What `WAGTAILSEARCH_BACKENDS` names; the database in use decides which it is."""
    from modelsearch.backends.database import SearchBackend

    stock = type(SearchBackend(dict(params)))
    if stock not in _made:
        _made[stock] = _folding(stock)
    made: BaseSearchBackend = _made[stock](params)
    return made


def register() -> None:
    """Once a day all of it anew, as Wagtail advises: a kill right behind a save loses its entry."""
    register_schedule(
        "office_search", lambda: call_command("update_index", verbosity=0), every=timedelta(days=1)
    )
