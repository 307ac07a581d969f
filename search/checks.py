"""House rules of search as Django system checks."""

from __future__ import annotations

from typing import Any

from django.core import checks

from search.contract import EngineDownError
from search.engines import get_engine


def check_index(**_asked: Any) -> list[checks.CheckMessage]:
    """The index that serves was made as this version makes it; told beside the database's checks.

    An engine that is down is no fault of the installation: `search_status` says so.
    """
    try:
        outdated = get_engine().outdated()
    except EngineDownError:
        outdated = False
    if not outdated:
        return []
    return [
        checks.Warning(
            "The search index was made by another version of the portal.",
            hint="The worker renews it within an hour; `manage.py search_rebuild` does it now.",
            id="search.W001",
        )
    ]
