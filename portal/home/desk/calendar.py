"""What goes live and what expires in a week, day by day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.areas.models import User
from portal.home.desk.frame import editor, page
from portal.jobs import clock

WEEK = "tuan"
WRITTEN = re.compile(r"(\d{4})-W(\d{2})")
MOST = 500


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Seven days from Monday; `?tuan=2026-W48` chooses, today's week by default."""
    user, monday = editor(request), monday_of(request.GET.get(WEEK, ""))
    days = week_of(user, monday)
    return page(
        request,
        "calendar",
        _("What goes live this week"),
        "date",
        days=days,
        first=monday,
        last=monday + timedelta(days=6),
        before=written(monday - timedelta(days=7)),
        after=written(monday + timedelta(days=7)),
        empty=not any(day["entries"] for day in days),
    )


def monday_of(text: str) -> date:
    """The Monday of a written week; of this week when it makes no sense."""
    today = clock.today()
    found = WRITTEN.fullmatch(text)
    try:
        year, week = (int(part) for part in found.groups()) if found else today.isocalendar()[:2]
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return today - timedelta(days=today.weekday())


def written(monday: date) -> str:
    """As it stands in the address."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def week_of(user: User, monday: date) -> list[dict[str, Any]]:
    """Each day with its entries by the hour: pages the user can open in the back office."""
    start = datetime.combine(monday, time.min, clock.ZONE)
    entries = sorted(
        [*_going_live(user, start), *_expiring(user, start)], key=lambda entry: entry["at"]
    )
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        {
            "day": day,
            "entries": [
                entry for entry in entries if entry["at"].astimezone(clock.ZONE).date() == day
            ],
        }
        for day in days
    ]


def _open_to(user: User) -> Any:
    return PagePermissionPolicy().explorable_instances(user)


def _going_live(user: User, start: datetime) -> list[dict[str, Any]]:
    kind = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.filter(
        base_content_type=kind,
        approved_go_live_at__gte=start,
        approved_go_live_at__lt=start + timedelta(days=7),
    )
    moments = {
        int(key): moment
        for key, moment in revisions.values_list("object_id", "approved_go_live_at")[:MOST]
    }
    pages = _open_to(user).filter(pk__in=moments)
    return [{"page": found, "at": moments[found.pk], "what": "live"} for found in pages]


def _expiring(user: User, start: datetime) -> list[dict[str, Any]]:
    pages = _open_to(user).filter(
        live=True, expire_at__gte=start, expire_at__lt=start + timedelta(days=7)
    )
    return [{"page": found, "at": found.expire_at, "what": "gone"} for found in pages[:MOST]]
