"""The back office as a whole: what every role sees of it; reports and buttons of this room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from portal.areas.models import User
from portal.home import component_offers, desk_views
from portal.home.desk import waiting
from portal.home.desk.frame import edits_pages
from portal.home.desk.panel import WaitingPanel
from portal.home.desk.urls import urlpatterns
from portal.home.file_states import may_see
from portal.home.models import PortalDocument
from portal.home.private_files import keep_private
from portal.home.schedule import ScheduleWeekPage


@hooks.register("construct_main_menu")
def hide_foreign_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help leads to other hosts; the portal's own guide is a page."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


class EditorsMenuItem(MenuItem):
    """Shown to those whose work is pages; officers without pages do not see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return edits_pages(request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def offers_menu_item() -> MenuItem:
    """News that units offer to the province."""
    address = reverse("home_offers")
    return EditorsMenuItem(
        _("News offered by units"), address, name="offers", icon_name="upload", order=210
    )


class OldAddressesMenuItem(MenuItem):
    """Shown to those who may write redirects."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(desk_views.ADD_REDIRECT)


@hooks.register("register_settings_menu_item")
def old_addresses_menu_item() -> MenuItem:
    """Beside Wagtail's own list of redirects."""
    return OldAddressesMenuItem(
        _("Import old addresses"),
        reverse("home_old_addresses"),
        name="old-addresses",
        icon_name="redirect",
        order=810,
    )


class ReviewMenuItem(MenuItem):
    """Shown to those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return desk_views.writes_pages(request.user)


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    """Pages whose day of review has passed."""
    return ReviewMenuItem(
        _("Pages to be reviewed"),
        reverse("home_review_report"),
        name="review",
        icon_name="calendar-alt",
        order=1050,
    )


@hooks.register("register_page_header_buttons")
def offer_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the unit's own pages: offer this one to the province."""
    if view_name == "edit" and component_offers.may_be_offered(page, user):
        yield Button(
            _("Offer to the province"),
            reverse("home_offer", args=[page.pk]),
            icon_name="upload",
            priority=70,
        )


@hooks.register("register_page_header_buttons")
def undo_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """On a public page, for who publishes: back to what was public before."""
    if view_name == "edit" and page.live and page.permissions_for_user(user).can_publish():
        yield Button(
            _("Undo the publication"),
            reverse("home_undo", args=[page.pk]),
            icon_name="undo",
            priority=66,
        )


@hooks.register("construct_homepage_panels")
def waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """What waits stands before Wagtail's own lists."""
    user = request.user
    if edits_pages(user) or (isinstance(user, User) and waiting.counts(user)):
        panels.insert(0, WaitingPanel())


@hooks.register("register_reports_menu_item")
def calendar_menu_item() -> MenuItem:
    """What goes live this week."""
    address = reverse("home_calendar")
    return EditorsMenuItem(_("What goes live this week"), address, icon_name="date", order=10)


@hooks.register("register_reports_menu_item")
def schedule_menu_item() -> MenuItem:
    """Scheduled and expired pages."""
    address = reverse("home_schedule")
    return EditorsMenuItem(_("Scheduled and expired pages"), address, icon_name="time", order=20)


@hooks.register("register_reports_menu_item")
def links_menu_item() -> MenuItem:
    """Links that lead nowhere."""
    address = reverse("home_broken_links")
    return EditorsMenuItem(_("Broken links"), address, icon_name="link", order=30)


class FilesMenuItem(MenuItem):
    """Shown to those who may change files."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_reports_menu_item")
def files_menu_item() -> MenuItem:
    """Which files are found by their words."""
    return FilesMenuItem(
        _("Files and the text in them"),
        reverse("home_files"),
        name="files-text",
        icon_name="doc-full",
        order=40,
    )


@hooks.register("before_serve_document")
def keep_files_of_drafts(document: PortalDocument, request: HttpRequest) -> None:
    """Also those that stand in the text of a draft alone."""
    keep_private(document, request.user)


@hooks.register("register_log_actions", order=100)  # behind Wagtail's, whose word is corrected
def log_actions(actions: LogActionRegistry) -> None:
    """What happens to offered news stands in the history of the page.

    Wagtail says “Created” of an act and of a day in one word; Vietnamese has two.
    """
    created = pgettext_lazy("history", "Created")
    actions.register_action("wagtail.create", pgettext_lazy("history", "Create"), created)
    actions.register_action(
        component_offers.OFFERED, _("Offer to the province"), _("Offered to the province")
    )
    actions.register_action(component_offers.TAKEN, _("Take over"), _("Taken over by the province"))
    actions.register_action(component_offers.DECLINED, _("Decline"), _("Declined by the province"))


@hooks.register("register_page_header_buttons")
def week_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """The next week out of this one."""
    if page.specific_class is ScheduleWeekPage and page.permissions_for_user(user).can_edit():
        address = reverse("home_next_week", args=[page.pk])
        yield Button(_("Copy to the next week"), address, icon_name="copy", priority=25)
