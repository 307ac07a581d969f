"""Cards on the officers' "today" page; other rooms add theirs when they are ready."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Render = Callable[[HttpRequest], SafeString | None]

_cards: dict[str, Render] = {}


def register(name: str, render: Render) -> None:
    """Offer a card; `render` gives safe HTML of the user's own area, or `None` for nothing today.

    A card begins with an `<h2>`; cards stand in the order of their names.
    """
    _cards[name] = render


def rendered(request: HttpRequest) -> list[SafeString]:
    """The cards that have something to say."""
    shown = (_cards[name](request) for name in sorted(_cards))
    return [html for html in shown if html]
