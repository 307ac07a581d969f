"""The "today" page: what waits, what was done this week, what may be typed in. No names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.areas.models import User
from portal.forms import registry
from portal.forms.inbox import today
from portal.forms.inbox.access import may_work
from portal.forms.inbox.frame import page, reader
from portal.forms.inbox.narrowing import AGES, FORM, IS_WAITING, STATE, WAITING, midnight
from portal.forms.inbox.narrowing import waiting_longer as longer
from portal.forms.models import Submission
from portal.jobs import clock

LATE = AGES[1]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The new forms of one kind; `late` of them wait for more than seven days."""

    form: str
    count: int
    days: int
    late: int
    query: str
    late_query: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The officer's first page of the day."""
    user = reader(request)
    work = may_work(user)
    return page(
        request,
        "today",
        _("Today"),
        today=clock.today(),
        waiting=waiting(user),
        received=received_this_week(user),
        late_days=LATE,
        offered=registry.offered(user) if work else [],
        may_work=work,
        cards=today.rendered(request),
    )


def waiting(user: User) -> list[Waiting]:
    """By form, the one that waits longest first."""
    rows = Submission.objects.visible_to(user).filter(IS_WAITING).order_by().values("form")
    counted = rows.annotate(
        count=Count("pk"), oldest=Min("sent_at"), late=Count("pk", filter=longer(LATE))
    ).order_by("oldest")
    return [
        Waiting(
            form=_label(row["form"]),
            count=row["count"],
            days=(clock.today() - row["oldest"].astimezone(clock.ZONE).date()).days,
            late=row["late"],
            query=urlencode({FORM: row["form"], STATE: Submission.State.SENT}),
            late_query=urlencode({FORM: row["form"], WAITING: LATE}),
        )
        for row in counted
    ]


def received_this_week(user: User) -> dict[str, int]:
    """Since Monday, by everybody and by the user alone."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    rows = Submission.objects.visible_to(user).filter(received_at__gte=midnight(monday))
    return rows.aggregate(all=Count("pk"), own=Count("pk", filter=Q(received_by=user)))


def _label(form: str) -> str:
    found = registry.all_types().get(form)
    return str(found.label) if found else form
