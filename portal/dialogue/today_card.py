"""Questions and requests that wait, for the officers' "today" page; counts alone, no names."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.areas.models import User
from portal.dialogue.questions import states
from portal.dialogue.questions.models import Question
from portal.jobs import clock
from portal.privacy.subject_requests import OPEN, RequestState, SubjectRequest, may_see

NAME = "questions"


def render(request: HttpRequest) -> SafeString | None:
    """What is open in the officer's area; requests about personal data for the province alone."""
    user = request.user
    if not isinstance(user, User):
        return None
    questions = Question.objects.visible_to(user).filter(state__in=states.OPEN).count()
    requests = _requests() if may_see(user) else {"open": 0, "late": 0}
    if not questions and not requests["open"]:
        return None
    values = {"questions": questions, "requests": requests}
    return render_to_string("dialogue/admin/today.html", values)


def _requests() -> dict[str, int]:
    today = clock.today()
    unanswered = Q(state=RequestState.RECEIVED, answer_by__lt=today)
    late = unanswered | Q(state=RequestState.ANSWERED, act_by__lt=today)
    rows = SubjectRequest.objects.filter(state__in=OPEN).order_by()
    return rows.aggregate(open=Count("pk"), late=Count("pk", filter=late))
