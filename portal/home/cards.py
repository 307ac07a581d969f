"""Cards of higher rooms on the home page: counters, running campaigns, lists posted now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest
from django.utils.safestring import SafeString

from portal.home import memo

Render = Callable[[HttpRequest], str | SafeString | None]

_cards: dict[str, Render] = {}
_wide: set[str] = set()


def register(name: str, render: Render, *, wide: bool = False) -> None:
    """Offer a card; `render` gives safe HTML, or `None` when there is nothing to say today.

    A wide card (a picture with its table) stands in the main column, not at the side.
    """
    _cards[name] = render
    if wide:
        _wide.add(name)


def has_wide(names: list[str]) -> bool:
    """Whether a block of these cards needs the main column."""
    return not _wide.isdisjoint(names)


def choices() -> list[tuple[str, str]]:
    """All cards by name, for the editor's list."""
    return [(name, name) for name in sorted(_cards)]


def rendered(request: HttpRequest, names: list[str] | None = None) -> list[str | SafeString]:
    """The cards that have something to say; all of them when no name is given."""
    wanted = [name for name in (names or _cards) if name in _cards]
    shown = (_shown(request, name) for name in wanted)
    return [html for html in shown if html]


def _shown(request: HttpRequest, name: str) -> str | SafeString | None:
    """Kept as it is: a card says nothing of who looks at it."""
    key = ("card", name, *memo.place(request))
    return memo.shared(request, key, partial(_cards[name], request))
