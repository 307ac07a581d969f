"""Wagtail's user pages with the portal's forms."""

from __future__ import annotations

from wagtail.users.views.users import UserViewSet

from portal.areas.forms import PortalUserCreationForm, PortalUserEditForm


class PortalUserViewSet(UserViewSet):
    """Users with their post."""

    def get_form_class(self, for_update: bool = False) -> type:
        return PortalUserEditForm if for_update else PortalUserCreationForm
