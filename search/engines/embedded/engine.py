"""The embedded engine behind the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path

from search.contract import Change, EngineDownError, SearchQuery, SearchResult
from search.engines.embedded import reading, writing
from search.engines.embedded.store import SCHEMA_VERSION, Store, form_of, remove_generation
from search.engines.tombstones import carry_over

BATCH = 1000


class EmbeddedEngine:
    """An index in one SQLite file, shared by the processes of one host."""

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self.store = Store(path)

    def prepare(self) -> None:
        """Make the file."""
        self.store.prepare()

    def apply(self, changes: Sequence[Change]) -> None:
        """Write in one transaction."""
        with self.store.writing() as connection:
            writing.apply(connection, changes)

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a query."""
        with self.store.reading() as connection:
            return reading.search(connection, query)

    def counts(self) -> Mapping[str, int]:
        """Live objects per kind."""
        return _counts(self.store)

    def outdated(self) -> bool:
        """By the mark in the file that serves."""
        with self.store.reading() as connection:
            return form_of(connection) != SCHEMA_VERSION

    def versions(self) -> Iterator[tuple[str, str, int, bool]]:
        """Everything held, streamed by key."""
        last = 0
        while True:
            with self.store.reading() as connection:
                rows = connection.execute(
                    "SELECT id, kind, key, version, live FROM object WHERE id > ?"
                    " ORDER BY id LIMIT ?",
                    (last, BATCH),
                ).fetchall()
            if not rows:
                return
            for row in rows:
                yield row["kind"], row["key"], row["version"], bool(row["live"])
            last = rows[-1]["id"]

    def purge(self, before: datetime) -> int:
        """Forget old tombstones."""
        with self.store.writing() as connection:
            found = connection.execute(
                "DELETE FROM object WHERE live = 0 AND written < ?", (writing.moment(before),)
            )
            return found.rowcount

    def tidy(self) -> None:
        """Merge the word index, give back free pages, cut the log."""
        with self.store.writing() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.store.truncate()

    def drop_old(self) -> None:
        """Delete the files of generations before the serving one."""
        drop_before(self.store.path)

    def refresh(self) -> None:
        """Nothing to do: a commit is visible at once."""

    def rebuild(self) -> EmbeddedRebuild:
        """A second file; one left by an interrupted rebuild is taken up again.

        A serving file that is damaged does not stand in the way: this is how it is replaced.
        """
        with suppress(EngineDownError):
            self.prepare()  # so that there is a first generation to stand beside
        return EmbeddedRebuild(self)


class EmbeddedRebuild:
    """A new generation filled beside the serving one; takes its place by moving the link.

    The generation that served before is kept until the next rebuild.
    """

    def __init__(self, engine: EmbeddedEngine) -> None:
        self.engine, self.link = engine, engine.store.path
        link = self.link
        self.serving = _generation(link)
        drop_before(link)
        self.store = Store(_file(link, self.serving + 1), linked=False)
        if not self._usable():
            self.store.remove()
            self.store.prepare()

    def _usable(self) -> bool:
        """Whether what an interrupted rebuild left can be gone on with."""
        try:
            with self.store.reading() as connection:
                return form_of(connection) == SCHEMA_VERSION
        except EngineDownError:
            return False

    def apply(self, changes: Iterable[Change]) -> None:
        """Write into the new file."""
        stream = iter(changes)
        while batch := list(islice(stream, BATCH)):
            with self.store.writing() as connection:
                writing.apply(connection, batch)

    def counts(self) -> Mapping[str, int]:
        """Live objects per kind in the new file."""
        return _counts(self.store)

    def swap(self) -> None:
        """Move the link; open connections notice at their next use."""
        carry_over(self.engine, self)
        link = self.link.with_name(f"{self.link.name}.link")
        link.unlink(missing_ok=True)
        link.symlink_to(self.store.path.name)
        link.replace(self.link)

    def abandon(self) -> None:
        """Delete the new file."""
        self.store.remove()


def drop_before(link: Path) -> None:
    """Delete the files of generations before the serving one."""
    for old in range(1, _generation(link)):
        remove_generation(_file(link, old))


def _file(link: Path, generation: int) -> Path:
    return link.with_name(f"{link.name}.g{generation}")


def _generation(link: Path) -> int:
    if not link.is_symlink():
        return 0
    number = link.readlink().name.rpartition(".g")[2]
    return int(number) if number.isdecimal() else 0


def _counts(store: Store) -> Mapping[str, int]:
    with store.reading() as connection:
        rows = connection.execute("SELECT kind, COUNT(*) FROM object WHERE live = 1 GROUP BY kind")
        return {row[0]: row[1] for row in rows}
