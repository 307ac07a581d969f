"""The room in the back office."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from portal.labour import desk


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    return [path("phieu-lao-dong/<int:pk>/quyet-dinh/", desk.settle, name="labour_settle")]
