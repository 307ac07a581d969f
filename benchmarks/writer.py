"""`python -m benchmarks.writer FILE`: somebody writes, and the worker follows, until FILE is there.

Each write is one transaction: an article gets another title, ten households of a list wait to be
read again. Prints how many milliseconds each took, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from itertools import count, cycle, islice
from pathlib import Path

import django

PACE = 0.1
HOUSEHOLDS = 10
ROUNDS_OF_THE_WORKER = 5


def main(stop: Path) -> None:
    """Write at a steady pace; a write that takes longer delays the next."""
    django.setup()
    print(json.dumps(list(_written(stop))))


def _written(stop: Path) -> Iterator[float]:
    from django.db import transaction

    from portal.news.models import ArticlePage
    from search import indexing, outbox, registry
    from search.contract import LIST_ENTRY

    articles = cycle(ArticlePage.objects.live().order_by("pk"))
    households = cycle(list(registry.kinds()[LIST_ENTRY].keys()))
    for number in count(1):
        if stop.exists():
            return
        started = time.perf_counter()
        with transaction.atomic():
            article = next(articles)
            article.title = f"{article.title.partition(' · ')[0]} · {number}"
            article.save()
            outbox.add_many((LIST_ENTRY, key) for key in islice(households, HOUSEHOLDS))
        taken = time.perf_counter() - started
        yield taken * 1000
        if number % ROUNDS_OF_THE_WORKER == 0:
            indexing.drain()
        time.sleep(max(PACE - taken, 0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
