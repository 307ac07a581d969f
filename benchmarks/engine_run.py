"""`python -m benchmarks.engine_run`: indexing and searching on the engine of the environment."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django


def main() -> None:
    """Print the figures as JSON."""
    django.setup()
    from django.conf import settings

    from benchmarks import indexing, searching
    from benchmarks.bare import Bare, BareElastic, BareFts
    from search.contract import Engine
    from search.engines.elastic import ElasticEngine
    from search.engines.embedded import EmbeddedEngine

    folder, prefix = Path(os.environ["BENCH_FOLDER"]), settings.SEARCH_INDEX_PREFIX
    bare: Bare
    alone: Engine
    if settings.SEARCH_ENGINE == "embedded":
        bare, alone = BareFts(folder), EmbeddedEngine(folder / "alone.sqlite3")
    else:
        address = settings.ELASTICSEARCH_URL
        bare = BareElastic(address, prefix)
        alone = ElasticEngine(address, f"{prefix}-alone")
    figures = indexing.measure(alone, bare) | searching.measure(bare)
    print(json.dumps({f"{settings.SEARCH_ENGINE}.{key}": figures[key] for key in figures}))


if __name__ == "__main__":
    main()
