"""What the frame and the home page show of higher rooms: registered by them, asked for here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Source = Callable[..., Sequence[Any]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """`source(most)` gives at most that many objects; names: articles, documents, notices.

    They are the portal's own; `source(most, path)` gives those of the component site at the path.
    """
    _sources[name] = source


def items(name: str, most: int, below: str = "") -> Sequence[Any]:
    """The newest objects of a name; nothing where no room has registered it."""
    source = _sources.get(name)
    if source is None:
        return ()
    return source(most, below) if below else source(most)
