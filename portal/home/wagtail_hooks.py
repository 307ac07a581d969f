"""The back office as a whole: what every role sees of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks


@hooks.register("construct_main_menu")
def hide_foreign_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help leads to other hosts; the portal's own guide is a page."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
