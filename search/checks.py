"""House rules of search as Django system checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks

from search.contract import EngineDownError
from search.engines import get_engine


def check_index(databases: Sequence[str] | None = None, **_asked: Any) -> list[checks.CheckMessage]:
    """The index that serves was made as this version makes it.

    Told where databases are checked, by `migrate` and `check --database`, since it asks the engine.
    One that is down is no fault of the installation: `search_status` says so.
    """
    if not databases:
        return []
    try:
        outdated = get_engine().outdated()
    except EngineDownError:
        outdated = False
    if not outdated:
        return []
    return [
        checks.Warning(
            "The search index was made by another version of the portal.",
            hint="A worker renews it when it starts or within an hour; `search_rebuild` at once.",
            id="search.W001",
        )
    ]
