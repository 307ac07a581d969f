"""The back office as a whole: what every role sees of it; reports and buttons of this room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portal.home import desk_views
from portal.home.schedule import ScheduleWeekPage


@hooks.register("construct_main_menu")
def hide_foreign_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help leads to other hosts; the portal's own guide is a page."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    report = desk_views.ReviewReport.as_view
    return [
        path("dia-chi-cu/", desk_views.old_addresses, name="home_old_addresses"),
        path("lich-cong-tac/<int:pk>/tuan-sau/", desk_views.next_week, name="home_next_week"),
        path("reports/xem-lai/", report(), name="home_review_report"),
    ]


class OldAddressesMenuItem(MenuItem):
    """Shown to those who may write redirects."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(desk_views.ADD_REDIRECT)


@hooks.register("register_settings_menu_item")
def old_addresses_menu_item() -> MenuItem:
    """Beside Wagtail's own list of redirects."""
    return OldAddressesMenuItem(
        gettext_lazy("Import old addresses"),
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
        gettext_lazy("Pages to be reviewed"),
        reverse("home_review_report"),
        name="review",
        icon_name="calendar-alt",
        order=1050,
    )


@hooks.register("register_page_header_buttons")
def week_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """The next week out of this one."""
    if page.specific_class is ScheduleWeekPage and page.permissions_for_user(user).can_edit():
        address = reverse("home_next_week", args=[page.pk])
        yield Button(_("Copy to the next week"), address, icon_name="copy", priority=25)
