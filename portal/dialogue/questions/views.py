"""The visitor's pages below the index of questions: ask, receipt, follow up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from portal.dialogue.errors import DialogueError
from portal.dialogue.pages_for_one import draw, go
from portal.dialogue.questions import queries, services
from portal.dialogue.questions.attaching import FileRefusedError
from portal.dialogue.questions.file_views import file_answer
from portal.dialogue.questions.forms import FollowForm, QuestionForm
from portal.dialogue.questions.models import Question
from portal.dialogue.questions.services import Asked
from portal.dialogue.sent_here import key_in, to_receipt
from portal.forms.access import open_with
from portal.forms.errors import BlockedError, WrongCodeError
from portal.forms.references import shown_code
from portal.jobs.visitors import client_address

if TYPE_CHECKING:
    from portal.dialogue.pages import QuestionIndexPage

COOKIE = "cau-hoi"
VALUES = ("name", "contact", "title", "text", "show_name", "field", "place")


def ask(request: HttpRequest, page: QuestionIndexPage) -> HttpResponse:
    """`gui/`: the form; sent, it leads to the receipt."""
    sent = request.method == "POST"
    form = QuestionForm(request.POST if sent else None, files=request.FILES if sent else None)
    error: DialogueError | None = None
    if sent and form.is_valid() and form.sealed:
        asked = Asked(**{name: form.cleaned_data[name] for name in VALUES})
        try:
            files = form.cleaned_data["attachments"]
            made = services.ask(asked, form.sealed.key, client_address(request), files)
        except FileRefusedError as refusal:
            form.add_error("attachments", str(refusal))
        except DialogueError as refusal:
            error = refusal
            form.add_error(None, str(refusal))
        else:
            return to_receipt(f"{page.get_url(request)}da-gui/", COOKIE, made.key)
    if sent:
        form.tell_lost_files()
    return draw(request, "question_form", error, page=page, form=form)


def receipt(request: HttpRequest, page: QuestionIndexPage) -> HttpResponse:
    """`da-gui/`: reference and code, for an hour in the browser that sent the question."""
    key = key_in(request, COOKIE)
    question = Question.objects.filter(key=key).first() if key else None
    if question is None or question.code is None:
        return go(f"{page.get_url(request)}tra-cuu/")
    code = shown_code(question.code)
    return draw(request, "question_receipt", page=page, question=question, code=code)


def follow(request: HttpRequest, page: QuestionIndexPage) -> HttpResponse:
    """`tra-cuu/`: what became of a question; nothing personal is shown."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    found: Question | None = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        address = client_address(request)
        try:
            found = open_with(values["reference"], values["code"], address, _by_reference)
        except (BlockedError, WrongCodeError) as error:
            form.add_error("code", str(error))
    return draw(request, "question_follow", page=page, form=form, question=found)


def show(request: HttpRequest, page: QuestionIndexPage, slug: str) -> HttpResponse:
    """`<cau-hoi>/`: one published question with its answer; kept like any public page."""
    question = queries.published().filter(slug=slug).first()
    if question is None:
        raise Http404
    context = {"page": page, "question": question, "files": queries.public_files(question)}
    return render(request, "dialogue/question.html", context)


def public_file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """`<cau-hoi>/tep/<n>/`: a file that stands beside a published question, as long as it does."""
    question = queries.published().filter(slug=slug).first()
    row = question.files.filter(published=True, number=number).first() if question else None
    if row is None:
        raise Http404
    return file_answer(row, row.plain_name)


def _by_reference(reference: str) -> Question | None:
    return Question.objects.filter(reference=reference).first()
