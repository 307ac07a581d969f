"""The read log in the menu of reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.privacy.read_log import ReadLogView, may_audit


class ReadLogMenuItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_audit(request.user)


@hooks.register("register_admin_urls")
def read_log_urls() -> list[URLPattern]:
    """Page and its part that filters replace."""
    results = ReadLogView.as_view(results_only=True)
    return [
        path("nhat-ky-doc/", ReadLogView.as_view(), name="privacy_read_log"),
        path("nhat-ky-doc/results/", results, name="privacy_read_log_results"),
    ]


@hooks.register("register_reports_menu_item")
def read_log_menu_item() -> MenuItem:
    """Beside Wagtail's own reports."""
    return ReadLogMenuItem(_("Read log"), reverse("privacy_read_log"), icon_name="view", order=900)
