"""Filters of the unit list that begin with what is asked for daily: the own province, today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.areas.models import Unit
from portal.areas.succession import came_to, in_force
from portal.jobs import clock

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices

ALL = "tat-ca"


class _Beginning(SimpleListFilter):
    """A filter that narrows the list as long as nobody chose otherwise; it has no “All” of its own.

    The first of the choices is the one that stands without a parameter.
    """

    first: Any = ""

    def choices(self, changelist: Any) -> Iterator[_ListFilterChoices]:
        """The first choice drops the parameter, the others set it."""
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": self.first,
        }
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }


class InForceFilter(_Beginning):
    """The map of today; the units of before 2025 stand behind a click."""

    title = _("validity")
    parameter_name = "hieu-luc"
    first = _("in force today")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("truoc-day", _("former units")), (ALL, _("all times"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
        today = in_force(clock.today())
        if self.value() == ALL:
            return queryset
        return queryset.exclude(today) if self.value() else queryset.filter(today)


class OwnProvinceFilter(_Beginning):
    """The portal's own province, with the older units whose land or people came to it."""

    title = _("area")
    parameter_name = "dia-ban"
    first = _("this province")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(ALL, _("whole country"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
        if self.value() == ALL:
            return queryset
        return queryset.filter(came_to(settings.PROVINCE_CODE))
