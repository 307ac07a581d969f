"""What the frame and the home page show of higher rooms: registered by them, asked for here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

from portal.home import memo

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


def shared(request: HttpRequest | None, name: str, most: int, below: str = "") -> list[Any]:
    """The same for whoever only shows them, read once between two changes of public pages."""

    def read() -> list[Any]:
        return list(items(name, most, below))

    return memo.shared(request, (name, most, below), read) if request else read()
