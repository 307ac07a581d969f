"""Wagtail's user pages with the portal's forms, and a search that needs no accents."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.users import IndexView, UserViewSet

from portal.areas.forms import PortalUserCreationForm, PortalUserEditForm
from portal.areas.models import User
from portal.areas.people import found_by


class PortalUserIndexView(IndexView):
    """The list of users, searched by folded words."""

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        return found_by(queryset, self.search_query) if self.is_searching else queryset


class PortalUserViewSet(UserViewSet):
    """Users with their post."""

    index_view_class = PortalUserIndexView

    def get_form_class(self, for_update: bool = False) -> type:
        return PortalUserEditForm if for_update else PortalUserCreationForm


class _AllThatAreListed:
    """“All in the listing” means those that the search shows, also without accents."""

    request: Any

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet[User, int]:
        """Ids of all users, or of those that were looked for."""
        typed = self.request.GET.get("q")
        users = found_by(User.objects.all(), typed) if typed else User.objects.all()
        return users.values_list("pk", flat=True)


class AssignRole(_AllThatAreListed, AssignRoleBulkAction):
    """In place of Wagtail's."""


class Delete(_AllThatAreListed, DeleteBulkAction):
    """In place of Wagtail's."""


class SetActiveState(_AllThatAreListed, SetActiveStateBulkAction):
    """In place of Wagtail's."""


BULK_ACTIONS = (AssignRole, Delete, SetActiveState)
