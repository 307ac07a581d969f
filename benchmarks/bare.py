"""The peers of both engines: the same bodies without what the portal adds to them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from elasticsearch import Elasticsearch, helpers

from search.contract import Put, SearchEntry
from search.engines.elastic import documents, writing
from search.queryplan import exact_tokens, tokens, whole_text

HITS = 20
WORDS = "CREATE VIRTUAL TABLE words USING fts5(title, rest, xtitle, xrest, tokenize = "
AS_THE_PORTAL = "'unicode61 remove_diacritics 0', detail = full)"
VERSIONS = ("version", "version_type")


def text_of(entry: SearchEntry) -> str:
    """An entry as a tutorial would index it: one text."""
    return f"{entry.title}\n{entry.number or ''}\n{whole_text(entry)}"


class Bare(Protocol):
    """A peer: takes prepared bodies, and answers from one text field."""

    def bodies(self, entries: Iterable[SearchEntry]) -> Sequence[Any]:
        """What `send` sends, made beforehand."""

    def send(self, bodies: Sequence[Any]) -> None:
        """Into new, empty tables or indices; found when it returns."""

    def fill(self, texts: Iterable[str]) -> None:
        """One text field for `ask`."""

    def ask(self, text: str) -> list[str]:
        """The texts of the best hits."""


class BareFts:
    """FTS5 in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = sqlite3.connect(folder / "bare-texts.sqlite3", isolation_level=None)

    def bodies(self, entries: Iterable[SearchEntry]) -> Sequence[Any]:
        """The rows of the portal's own table of words."""
        return [
            (key, tokens(entry.title), tokens(rest), exact_tokens(entry.title), exact_tokens(rest))
            for key, entry in enumerate(entries, start=1)
            if (rest := f"{entry.number or ''}\n{whole_text(entry)}")
        ]

    def send(self, bodies: Sequence[Any]) -> None:
        """One `executemany` in one transaction."""
        path = self.folder / "bare-words.sqlite3"
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(WORDS + AS_THE_PORTAL)
        statement = "INSERT INTO words (rowid, title, rest, xtitle, xrest) VALUES (?, ?, ?, ?, ?)"
        connection.executemany(statement, bodies)
        connection.commit()
        connection.close()

    def fill(self, texts: Iterable[str]) -> None:
        """The tokenizer as SQLite has it by default."""
        self.texts.execute("CREATE VIRTUAL TABLE page USING fts5(text)")
        self.texts.execute("BEGIN")
        self.texts.executemany("INSERT INTO page VALUES (?)", ((text,) for text in texts))
        self.texts.execute("COMMIT")

    def ask(self, text: str) -> list[str]:
        """All words, ordered by FTS5's own rank."""
        match = " ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        statement = "SELECT text FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in self.texts.execute(statement, (match, HITS))]


class BareElastic:
    """Indices of their own on the same server."""

    def __init__(self, address: str, prefix: str) -> None:
        self.client = Elasticsearch(address, request_timeout=30)
        self.names = {part: f"{prefix}-bare-{part}" for part in ("entries", "pages")}
        self.texts = f"{prefix}-bare-texts"

    def bodies(self, entries: Iterable[SearchEntry]) -> Sequence[Any]:
        """The portal's bulk actions less the versions."""
        made = writing.actions(map(Put, entries), self.names["entries"], self.names["pages"])
        return [{k: v for k, v in action.items() if k not in VERSIONS} for action in made]

    def send(self, bodies: Sequence[Any]) -> None:
        """`helpers.bulk` as it comes, into indices of the portal's own definition."""
        for part, name in self.names.items():
            self.client.indices.delete(index=name, ignore_unavailable=True)
            made = documents.definition(part)
            self.client.indices.create(
                index=name, settings=made["settings"], mappings=made["mappings"]
            )
        helpers.bulk(self.client, bodies)
        self.client.indices.refresh(index=list(self.names.values()))

    def fill(self, texts: Iterable[str]) -> None:
        """The server's default analyzer."""
        self.client.indices.create(
            index=self.texts,
            settings={"number_of_shards": 1, "number_of_replicas": 0},
            mappings={"properties": {"text": {"type": "text"}}},
        )
        actions = ({"_index": self.texts, "_source": {"text": text}} for text in texts)
        helpers.bulk(self.client, actions, refresh=True)

    def ask(self, text: str) -> list[str]:
        """A plain `match`: any of the words, the server's own score."""
        query = {"match": {"text": text}}
        found = self.client.search(index=self.texts, query=query, size=HITS)
        return [hit["_source"]["text"] for hit in found["hits"]["hits"]]
