"""The peer of both engines that needs no index: `LIKE` in the portal's own database."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import connection, transaction

HITS = 20
OPERATORS = {"sqlite": "LIKE", "postgresql": "ILIKE"}


class SqlLike:
    """The texts in one column; what `icontains` for every word of a query comes down to."""

    def fill(self, texts: Iterable[str]) -> None:
        """A table of its own, gone with the database of this run."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_like (body text)")
            cursor.executemany("INSERT INTO bench_like VALUES (%s)", [(text,) for text in texts])

    def ask(self, text: str) -> list[str]:
        """The first rows that hold every word."""
        words = [f"%{word}%" for word in re.findall(r"\w+", text)]
        held = " AND ".join([f"body {OPERATORS[connection.vendor]} %s"] * len(words))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT body FROM bench_like WHERE {held} LIMIT {HITS}", words)
            return [row[0] for row in cursor.fetchall()]
