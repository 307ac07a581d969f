"""What the frame and the home page show of higher rooms: registered by them, asked for here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Source = Callable[[int], Sequence[Any]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """`source(most)` gives at most that many objects; names: articles, documents, notices."""
    _sources[name] = source


def items(name: str, most: int) -> Sequence[Any]:
    """The newest objects of a name; nothing where no room has registered it."""
    source = _sources.get(name)
    return source(most) if source else ()
