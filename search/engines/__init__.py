"""The engines, and which one this installation uses."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.contract import Engine
from search.engines.errors import EngineRejectedError

__all__ = ["EngineRejectedError", "get_engine"]


def get_engine() -> Engine:
    """The engine of the settings; the same object for the same settings."""
    return _engine(
        settings.SEARCH_ENGINE,
        str(settings.SEARCH_EMBEDDED_PATH),
        settings.ELASTICSEARCH_URL,
        settings.SEARCH_INDEX_PREFIX,
    )


@lru_cache(maxsize=8)
def _engine(name: str, path: str, url: str, prefix: str) -> Engine:
    if name == "elasticsearch":
        from search.engines.elastic import ElasticEngine

        return ElasticEngine(url, prefix)
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(path))
