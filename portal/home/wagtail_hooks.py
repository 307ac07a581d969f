"""The back office as a whole: what every role sees of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from portal.home import gallery


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    return [path("giao-dien/", gallery.show, name="home_gallery")]


@hooks.register("construct_main_menu")
def hide_foreign_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help leads to other hosts; the portal's own guide is a page."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
