"""Index definitions by elasticsearch-dsl; the only module that imports it.

Words come ready from `search.queryplan`, so that both engines hold the same tokens: the tokenizer
only parts them at spaces. The filters fold again, so that the index can also be asked by hand. The
names are those of a full server.
"""

from __future__ import annotations

from typing import Any, ClassVar

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

# Raised whenever what is written changes; an index of another form is rebuilt.
FORM = 2
SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "max_result_window": 10_000}


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
    """Settings and mappings of the index "entries" or "pages"."""
    document: Any = EntryDocument if name == "entries" else PagesDocument
    made: dict[str, Any] = document._index.to_dict()
    made["mappings"] = made["mappings"] | {"_meta": {"form": FORM}}
    return made
