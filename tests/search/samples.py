"""A small kind of object for tests of the outbox: rows of a dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from search.contract import SearchEntry

KIND = "sample"


class Samples:
    """Objects by key; taking one out makes it private at once."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.broken: set[str] = set()
        self.on_load: list[object] = []

    def load_many(self, keys: Sequence[str]) -> Mapping[str, SearchEntry]:
        """Entries of the keys that are public now."""
        if self.broken & set(keys):
            raise ValueError("cannot be read")
        return {
            key: SearchEntry(KIND, key, 0, self.titles[key], f"/mau/{key}/")
            for key in keys
            if key in self.titles
        }

    def keys(self) -> Iterator[str]:
        """Every key that should be found."""
        return iter(sorted(self.titles))
