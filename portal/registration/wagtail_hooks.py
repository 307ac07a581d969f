"""Published lists in the menu of those whose work they are."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.registration.access import may_publish
from portal.registration.urls import urlpatterns


class ListsMenuItem(MenuItem):
    """Shown to those who may publish lists."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Nobody else sees that the room exists."""
        return may_publish(request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def lists_menu_item() -> MenuItem:
    """The way into the room."""
    return ListsMenuItem(
        _("Published lists"),
        reverse("registration_lists"),
        name="published-lists",
        icon_name="list-ul",
        order=260,
    )
