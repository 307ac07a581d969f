"""The room in the back office, for those whose work it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from portal.dialogue.comments import rooms
from portal.dialogue.comments.moderation import may_moderate
from portal.dialogue.desk_urls import urlpatterns
from portal.forms.wagtail_hooks import AreaMenuItem
from portal.privacy.subject_requests import may_see


class ModerationMenuItem(MenuItem):
    """Shown to moderators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Nobody else sees that the queue exists."""
        return may_moderate(request.user)


class ProvinceMenuItem(MenuItem):
    """Shown to those who see the whole province."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def moderation_menu_item() -> MenuItem:
    """The queue of comments."""
    address = reverse("dialogue_moderation")
    return ModerationMenuItem(
        _("Comments from readers"), address, name="reader-comments", icon_name="comment", order=240
    )


@hooks.register("register_admin_menu_item")
def questions_menu_item() -> MenuItem:
    """The questions of an area."""
    return AreaMenuItem(
        _("Questions of the public"),
        reverse("dialogue_questions"),
        name="questions",
        icon_name="help",
        order=30,
    )


@hooks.register("register_admin_menu_item")
def requests_menu_item() -> MenuItem:
    """Requests about personal data."""
    return ProvinceMenuItem(
        _("Requests about personal data"),
        reverse("dialogue_requests"),
        name="subject-requests",
        icon_name="lock",
        order=40,
    )


@hooks.register("register_page_header_buttons")
def comments_button(page: Page, user: Any, **_more: Any) -> Iterator[Button]:
    """From a page in the editor to its comments and the switch for them."""
    if page.pk and may_moderate(user) and issubclass(page.specific_class, rooms.models()):
        address = f"{reverse('dialogue_moderation')}?bai={page.pk}&trang-thai="
        yield Button(_("Comments from readers"), address, icon_name="comment", priority=60)
