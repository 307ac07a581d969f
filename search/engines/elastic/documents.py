"""Index definitions by elasticsearch-dsl; the only module that imports it.

Words come ready from `search.queryplan`, so that both engines hold the same tokens: the tokenizer
only parts them at spaces. The filters fold again, so that the index can also be asked by hand. The
names are those of a full server.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from elasticsearch_dsl import (
    Boolean,
    Date,
    Document,
    InnerDoc,
    Integer,
    Keyword,
    Nested,
    Object,
    Text,
    analyzer,
    token_filter,
)

marks_off = token_filter(
    "portal_marks_off", "pattern_replace", pattern="\\p{Mn}+", replacement="", all=True
)
folded = analyzer(
    "portal_folded", tokenizer="whitespace", filter=["lowercase", "asciifolding", marks_off]
)
exact = analyzer("portal_exact", tokenizer="whitespace", filter=["lowercase"])

# Raised when what is written changes and the definition does not; see `digest()`.
FORM = 6
SETTINGS = {"max_result_window": 10_000}


class EntryDocument(Document):
    """One object; `shown` is kept for the hit and not searched."""

    kind = Keyword()
    key = Keyword()
    live = Boolean()
    written = Date()
    title = Text(analyzer=folded)
    rest = Text(analyzer=folded)
    xtitle = Text(analyzer=exact)
    xrest = Text(analyzer=exact)
    unsure = Text(analyzer=folded)
    told = Text(analyzer=folded)
    xtold = Text(analyzer=exact)
    number_keys = Keyword()
    facets = Keyword(ignore_above=8000)
    visible_from = Date()
    visible_until = Date()
    date = Date()
    weight = Integer()
    shown = Object(enabled=False)

    class Index:
        """Settings of the index; the name is given when it is made."""

        name = "portal-entries"
        settings: ClassVar[dict[str, Any]] = SETTINGS

    class Meta:
        """Nothing but these fields is taken."""

        dynamic = "strict"


class PageInside(InnerDoc):
    """One page of a file."""

    number = Integer()
    words = Text(analyzer=folded)
    text = Text(index=False)
    url = Keyword(index=False, doc_values=False)
    recognised = Boolean(index=False, doc_values=False)


class PagesDocument(Document):
    """All pages of one object, under the object's own id and version."""

    live = Boolean()
    written = Date()
    pages = Nested(PageInside)

    class Index:
        """Settings of the index; the name is given when it is made."""

        name = "portal-pages"
        settings: ClassVar[dict[str, Any]] = SETTINGS

    class Meta:
        """Nothing but these fields is taken."""

        dynamic = "strict"


def definition(name: str) -> dict[str, Any]:
    """Settings and mappings of the index "entries" or "pages", as this installation wants them."""
    made = _plain(name)
    made["settings"] = made["settings"] | {
        "number_of_shards": settings.SEARCH_SHARDS,
        "number_of_replicas": settings.SEARCH_REPLICAS,
    }
    made["mappings"] = made["mappings"] | {"_meta": {"digest": digest()}}
    return made


@cache
def digest() -> str:
    """What tells an index of this version from others: fields, analysis, and what is written.

    Shards and replicas are the operator's, and change nothing of what is found.
    """
    made = [FORM, _plain("entries"), _plain("pages")]
    return sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:16]


def _plain(name: str) -> dict[str, Any]:
    document: Any = EntryDocument if name == "entries" else PagesDocument
    made: dict[str, Any] = document._index.to_dict()
    return made
