"""Today's work and the arrived forms in the menu of those who have an area."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from portal.forms.inbox.access import may_see
from portal.forms.inbox.services import NEW_CODE
from portal.forms.inbox.urls import urlpatterns


class AreaMenuItem(MenuItem):
    """Shown to those who have an area; editors without one do not see that the room exists."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def today_menu_item() -> MenuItem:
    """The officer's day, before everything else."""
    address = reverse("forms_today")
    return AreaMenuItem(_("Today"), address, name="today", icon_name="calendar-check", order=10)


@hooks.register("register_admin_menu_item")
def inbox_menu_item() -> MenuItem:
    """The arrived forms."""
    address = reverse("forms_inbox")
    return AreaMenuItem(
        _("Arrived forms"), address, name="arrived-forms", icon_name="mail", order=20
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """That somebody got a new code; the log names the reference, never the person."""
    actions.register_action(NEW_CODE, _("New code"), _("New code given"))
