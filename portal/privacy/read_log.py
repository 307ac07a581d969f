"""The page of the read log, for auditors and superusers."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import BaseListingView

from portal.areas.models import Role, User
from portal.areas.queries import scope_of
from portal.privacy.models import ReadEvent


def may_audit(user: User | AnonymousUser) -> bool:
    """Superusers and auditors of the province."""
    scope = scope_of(user)
    auditor = Role.AUDITOR.value in scope.roles
    return scope.everything and (bool(user.is_superuser) or auditor)


class ReadLogFilterSet(WagtailFilterSet):
    """By user, action, kind, record and day."""

    user = django_filters.CharFilter(
        field_name="user__username", lookup_expr="exact", label=_("User name")
    )
    action = django_filters.ChoiceFilter(choices=ReadEvent.Action.choices, label=_("Action"))
    record_kind = django_filters.CharFilter(lookup_expr="icontains", label=_("Kind of record"))
    record_id = django_filters.CharFilter(lookup_expr="exact", label=_("Record"))
    at = django_filters.DateFromToRangeFilter(label=_("Time"), widget=DateRangePickerWidget)

    class Meta:
        model = ReadEvent
        fields: list[str] = []


class ReadLogView(BaseListingView):
    """Who read what, newest first; no export, since the log itself is about persons."""

    model = ReadEvent
    page_title = _("Read log")
    header_icon = "view"
    filterset_class = ReadLogFilterSet
    index_url_name = "privacy_read_log"
    index_results_url_name = "privacy_read_log_results"
    template_name = "wagtailadmin/reports/base_report.html"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    paginate_by = 50
    default_ordering = "-at"
    columns = [
        DateColumn("at", label=_("Time"), width="15%"),
        Column("user", label=_("User"), accessor="user.username"),
        Column("action", label=_("Action"), accessor="get_action_display"),
        Column("record_kind", label=_("Kind of record")),
        Column("record_id", label=_("Record")),
        Column("unit", label=_("Unit")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Everybody else is refused, whatever permissions their group has."""
        if not may_audit(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[ReadEvent]:
        return ReadEvent.objects.visible_to(self.request.user).select_related("user", "unit")
