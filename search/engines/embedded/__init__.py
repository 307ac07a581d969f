"""The embedded engine: SQLite FTS5 in a file of its own, for one host."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
