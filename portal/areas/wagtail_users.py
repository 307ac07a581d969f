"""App configuration that gives Wagtail's user pages the portal's forms (post of the officer)."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Stands in `INSTALLED_APPS` in place of `wagtail.users`."""

    user_viewset = "portal.areas.user_views.PortalUserViewSet"
