"""What higher rooms must know of a page to show it: read together with it, not asked for again.

Registered by the rooms, added to the query that finds the page of an address.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db.models.expressions import Combinable
from wagtail.models import Page

PREFIX = "room_"
MISSING = object()

_columns: dict[str, Callable[[], Combinable]] = {}


def register(name: str, make: Callable[[], Combinable]) -> None:
    """`make()` gives JSON over `Page`, such as a subquery; cheap, for every page pays."""
    _columns[f"{PREFIX}{name}"] = make


def expressions() -> dict[str, Combinable]:
    """All of them, for `annotate()`."""
    return {name: make() for name, make in _columns.items()}


def carry(found: Page, page: Page) -> None:
    """From the row that was found to the page of its own type."""
    for name in _columns:
        text = getattr(found, name)
        setattr(page, name, json.loads(text) if text else None)


def of(page: Page, name: str) -> Any:
    """What was read with the page; `MISSING` for a page that came another way."""
    return getattr(page, f"{PREFIX}{name}", MISSING)
