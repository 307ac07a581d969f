"""What higher rooms put below an article: registered by them, asked for by the template."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

Render = Callable[[HttpRequest, Page], SafeString | None]

_below: dict[str, Render] = {}


def register(name: str, render: Render) -> None:
    """Offer a section; `render` gives safe HTML, or `None` for nothing. It is kept in the cache."""
    _below[name] = render


def rendered(request: HttpRequest, page: Page) -> list[SafeString]:
    """The sections below a page, in the order of their names."""
    shown = (_below[name](request, page) for name in sorted(_below))
    return [html for html in shown if html]
