"""Area scope in the Wagtail admin; every modeladmin over records of a unit stands on this.

`get_queryset()` alone scopes the list and the export only: edit, delete, inspect and history take
any row by its address. The permission helper and the history view close those.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import display
from django.contrib.auth.models import AnonymousUser
from django.db.models import ForeignObjectRel, Model, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_modeladmin.helpers import DjangoORMSearchHandler, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView, HistoryView

from portal.areas.models import User
from portal.areas.officers import administers, keeps_villages
from search.text import fold

Actor = User | AnonymousUser


class ScopedPermissionHelper(PermissionHelper):
    """Django's permissions, and on top of them the scope of the one row."""

    def sees(self, user: Actor, obj: Model) -> bool:
        """Whether the row stands in the user's scope."""
        rows = self.model._default_manager.visible_to(user)
        return bool(rows.filter(pk=obj.pk).exists())

    def user_can_inspect_obj(self, user: Actor, obj: Model) -> bool:
        return super().user_can_inspect_obj(user, obj) and self.sees(user, obj)

    def user_can_edit_obj(self, user: Actor, obj: Model) -> bool:
        return super().user_can_edit_obj(user, obj) and self.sees(user, obj)

    def user_can_delete_obj(self, user: Actor, obj: Model) -> bool:
        return super().user_can_delete_obj(user, obj) and self.sees(user, obj)


class VillagePermissionHelper(ScopedPermissionHelper):
    """Whoever sees a village reads it; the province and its commune's officers keep it."""

    def user_has_specific_permission(self, user: Actor, perm_codename: str) -> bool:
        allowed = bool(super().user_has_specific_permission(user, perm_codename))
        return allowed and (perm_codename.startswith("view_") or keeps_villages(user))


class ProvincePermissionHelper(PermissionHelper):
    """Rows that only superusers and officers of the province handle, with their permission."""

    def user_has_specific_permission(self, user: Actor, perm_codename: str) -> bool:
        allowed = super().user_has_specific_permission(user, perm_codename)
        return bool(allowed) and administers(user)

    def user_can_inspect_obj(self, user: Actor, obj: Model) -> bool:
        return bool(self.user_has_any_permissions(user))


class ReferencePermissionHelper(PermissionHelper):
    """A code list that everybody with its permission reads and only the province changes."""

    def user_can_create(self, user: Actor) -> bool:
        return False

    def user_can_edit_obj(self, user: Actor, obj: Model) -> bool:
        return super().user_can_edit_obj(user, obj) and administers(user)

    def user_can_delete_obj(self, user: Actor, obj: Model) -> bool:
        return False


class GuardedHistoryView(HistoryView):
    """The history of a row only for those who may look at the row."""

    def check_action_permitted(self, user: Actor) -> bool:
        helper = self.permission_helper
        return bool(
            helper.user_can_inspect_obj(user, self.instance)
            or helper.user_can_edit_obj(user, self.instance)
        )


class ReasonedDeleteView(DeleteView):
    """Says why something cannot be deleted, instead of asking whether it should be."""

    def reason(self) -> str:
        """A sentence for whoever may delete such entries; empty when nothing stands against it."""
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the list with the sentence."""
        allowed = self.permission_helper.user_has_specific_permission(
            request.user, f"delete_{self.model._meta.model_name}"
        )
        sentence = self.reason() if allowed else ""
        if sentence:
            messages.error(request, sentence)
            return redirect(self.index_url)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class VillageDeleteView(ReasonedDeleteView):
    """A village stays as long as an officer, a form or a posted list names it."""

    def reason(self) -> str:
        """How many records name it, in whatever room they stand."""
        uses = uses_of(self.instance)
        if not uses:
            return ""
        sentence = ngettext(
            "“%(entry)s” cannot be deleted: %(count)s record names it.",
            "“%(entry)s” cannot be deleted: %(count)s records name it.",
            uses,
        )
        return sentence % {"entry": self.instance, "count": uses}


def uses_of(instance: Model) -> int:
    """How many rows refer to this one, also those of rooms above that would only lose the name."""
    relations = [
        each
        for each in instance._meta.get_fields(include_hidden=True)
        if isinstance(each, ForeignObjectRel) and not each.many_to_many
    ]
    return sum(
        each.related_model._base_manager.filter(**{each.field.name: instance}).count()
        for each in relations
    )


class FoldedSearch(DjangoORMSearchHandler):
    """Search in folded columns, so that "tan trao" finds Tân Trào on every database."""

    def search_queryset(
        self, queryset: QuerySet[Any], search_term: str, **kwargs: Any
    ) -> QuerySet[Any]:
        for word in fold(search_term or "").split():
            either = Q()
            for name in self.search_fields:
                either |= Q(**{f"{name}__contains": word})
            queryset = queryset.filter(either)
        return queryset


def in_words(name: str, description: str | Promise) -> Callable[[ModelAdmin, Model], str]:
    """A column of a yes-or-no field, in words.

    Modeladmin would draw it with pictures of `django.contrib.admin`, which is not installed.
    """

    @display(description=description, ordering=name)  # type: ignore[arg-type]
    def column(_admin: ModelAdmin, obj: Model) -> str:
        return str(_("Yes") if getattr(obj, name) else _("No"))

    return column


class AreaAdmin(ModelAdmin):
    """What the lists of this room share."""

    history_view_class = GuardedHistoryView
    search_handler_class = FoldedSearch
    inspect_view_enabled = True
    list_per_page = 50


class ScopedModelAdmin(AreaAdmin):
    """Modeladmin over records of a unit: list, row pages and history keep to the scope.

    A form must still limit the choices of its unit field itself.
    """

    permission_helper_class = ScopedPermissionHelper

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.visible_to(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows
