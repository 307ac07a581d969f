"""Questions in the back office: thin; every one is looked up in the user's scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.areas.models import User
from portal.dialogue import desk
from portal.dialogue.errors import DialogueError
from portal.dialogue.questions import queries, services
from portal.dialogue.questions.forms import FORMS, StepForm
from portal.dialogue.questions.models import Question
from portal.dialogue.questions.states import State
from portal.forms.inbox.access import may_see
from portal.jobs import clock
from portal.privacy.services import log_read, log_reads

PER_PAGE = 50
VERBS: dict[str, Callable[..., Question]] = {
    "chuyen": services.forward,
    "tra-loi": services.answer,
    "dang": services.publish,
    "go": services.take_down,
    "tu-choi": services.refuse,
}


def reader(request: HttpRequest) -> User:
    """The user, when there is an area to see; else the admin sends them away."""
    user = request.user
    if not isinstance(user, User) or not may_see(user):
        raise PermissionDenied
    return user


def own_question(request: HttpRequest, pk: int) -> Question:
    """A question in the user's scope; any other does not exist for this user."""
    rows = Question.objects.visible_to(reader(request)).select_related("field", "place", "unit")
    return get_object_or_404(rows, pk=pk)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The questions of the user's area by state and field."""
    user = reader(request)
    state, field = request.GET.get("trang-thai", ""), request.GET.get("linh-vuc", "")
    rows = Paginator(queries.of_officer(user, state, field), PER_PAGE)
    found = rows.get_page(request.GET.get("trang"))
    log_reads(user, found.object_list)
    return desk.page(
        request,
        "questions",
        _("Questions of the public"),
        icon="help",
        questions=found,
        found=found,
        query=urlencode({"trang-thai": state, "linh-vuc": field}),
        state=state,
        states=State.choices,
        field=field,
        fields=queries.fields(),
        today=clock.today(),
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: what was sent, what will be public, what may be done, what happened."""
    question = own_question(request, pk)
    log_read(reader(request), question)
    return _page(request, question)


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of its course; what was typed stays when it is refused."""
    user, question = reader(request), own_question(request, pk)
    if not services.may_work(user):
        raise PermissionDenied
    if name not in FORMS:
        raise Http404
    form = FORMS[name](request.POST, prefix=name, question=question)
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            VERBS[name](user, pk, values.pop("revision"), **values)
        except DialogueError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Done; the course of the question shows it."))
            return redirect("dialogue_question", pk)
    log_read(user, question)
    return _page(request, question, {name: form})


def _page(
    request: HttpRequest, question: Question, filled: dict[str, StepForm] | None = None
) -> HttpResponse:
    steps = [
        {"step": each, "form": (filled or {}).get(each.name) or _form(each.name, question)}
        for each in services.steps_for(reader(request), question)
    ]
    return desk.page(
        request,
        "question",
        question.reference,
        icon="help",
        crumb=(reverse("dialogue_questions"), _("Questions of the public")),
        question=question,
        files=question.files.defer("content"),
        steps=steps,
        events=question.events.select_related("by"),
    )


def _form(name: str, question: Question) -> forms.Form:
    sent = question.private or {}
    initial: dict[str, Any] = {
        "revision": question.revision,
        "unit": question.unit_id,
        "agency": question.agency,
        "title": question.title or sent.get("title", ""),
        "text": question.text or sent.get("text", ""),
        "answer": question.answer,
        "answered_on": f"{question.answered_on or clock.today():%d/%m/%Y}",
        "attachments": list(question.files.filter(published=True).values_list("number", flat=True)),
    }
    return FORMS[name](initial=initial, prefix=name, question=question)
