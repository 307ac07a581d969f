"""Report: pages that wait for their hour, that will expire, that have expired."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.models import Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.areas.models import User
from portal.home.desk.exporting import workbook
from portal.home.desk.frame import editor, page, slice_of

STATES = {
    "hen-dang": gettext_lazy("Wait for their hour"),
    "se-het-han": gettext_lazy("Will expire"),
    "da-het-han": gettext_lazy("Have expired"),
}
STATE, FILE = "trang-thai", "tep"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A list by state, also as a workbook."""
    user, state = editor(request), request.GET.get(STATE, "")
    state = state if state in STATES else "hen-dang"
    rows = pages_in(state, user)
    if request.GET.get(FILE) == "xlsx":
        return workbook("hen-gio", _headings(), (_row(found) for found in rows.iterator()))
    return page(
        request,
        "schedule",
        _("Scheduled and expired pages"),
        "time",
        rows=slice_of(request, rows),
        state=state,
        states=STATES.items(),
    )


def pages_in(state: str, user: User) -> QuerySet[Page]:
    """The pages in a state that the user can open in the back office, each with `due`."""
    found = _in(state, PagePermissionPolicy().explorable_instances(user))
    ordered: QuerySet[Page] = found.order_by("-due" if state == "da-het-han" else "due", "pk")
    return ordered


def _in(state: str, found: Any) -> Any:
    if state == "hen-dang":
        waiting = Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), Revision._meta.get_field("object_id")),
            approved_go_live_at__isnull=False,
        )
        first = waiting.values("object_id").annotate(at=Min("approved_go_live_at")).values("at")
        found = found.annotate(due=Subquery(first, output_field=DateTimeField()))
        return found.filter(due__isnull=False)
    found = found.annotate(due=F("expire_at"))
    if state == "se-het-han":
        return found.filter(live=True, expire_at__isnull=False)
    return found.filter(expired=True)


def _headings() -> list[str]:
    return [_("Title"), _("Address"), _("Date and time")]


def _row(found: Any) -> list[Any]:
    return [found.title, found.url_path, found.due]
