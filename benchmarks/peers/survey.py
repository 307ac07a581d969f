"""The questions of the declaration as plain Django forms: one view, answers in the session.

No conditions, no versions, no score, no draft that another device opens, nothing encrypted; what a
page asks is all that the questionnaire may ask there.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page

from benchmarks.peers.blog.models import WEEKDAYS, HomePage, NoticePage

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "portal/registration/questionnaires/household-1.json"
ANSWERS = "answers"
DATE_PARTS = (("day", "Ngày", 31), ("month", "Tháng", 12), ("year", "Năm", 2100))


@gzip_page
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One page of questions; a valid one is kept under its key."""
    form_class, title = _pages().get(key.rsplit("/", maxsplit=1)[-1], (None, ""))
    if form_class is None:
        raise Http404
    answers = request.session.get(ANSWERS, {})
    form = form_class(request.POST or None, initial=answers.get(key))
    if request.method == "POST" and form.is_valid():
        request.session[ANSWERS] = {**answers, key: form.cleaned_data}
        return HttpResponseRedirect("/khai/xem-lai/")
    return _draw(request, "page", form=form, title=title)


@gzip_page
def review(request: HttpRequest) -> HttpResponse:
    """Everything once more; sending forgets it."""
    if request.method == "POST":
        request.session.flush()
        return HttpResponseRedirect("/khai/xong/")
    rows = [
        (label, value)
        for key, answers in request.session.get(ANSWERS, {}).items()
        for label, value in _read(key, answers)
    ]
    return _draw(request, "review", rows=rows, title="Xem lại và gửi")


@gzip_page
def done(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return _draw(request, "done", title="Đã gửi")


def _draw(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """Inside the frame of the plain site."""
    today = timezone.localdate()
    frame = {
        "page": HomePage.objects.first(),
        "notices": NoticePage.running(),
        "today": f"{WEEKDAYS[today.weekday()]}, {today:%d/%m/%Y}",
    }
    return render(request, f"survey/{name}.html", {**frame, **context})


def _read(key: str, answers: dict[str, Any]) -> list[tuple[str, str]]:
    form_class, _title = _pages()[key.rsplit("/", maxsplit=1)[-1]]
    labels = {name: str(field.label) for name, field in form_class.base_fields.items()}
    rows = ((labels[name], value) for name, value in answers.items() if value)
    return [
        (label, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for label, value in rows
    ]


@cache
def _pages() -> dict[str, tuple[type[forms.Form], str]]:
    """The form of every page by its slug, and its title."""
    raw = json.loads(FILE.read_text("utf-8"))
    pages = [page for step in raw["steps"] for page in step.get("pages", [step])]
    return {one["slug"]: (_form(raw, one), one["title"][0]) for one in pages}


def _form(raw: dict[str, Any], page: dict[str, Any]) -> type[forms.Form]:
    fields = {name: field for one in page["fields"] for name, field in _fields(raw, one).items()}
    return type("PageForm", (forms.Form,), fields)


def _fields(raw: dict[str, Any], one: dict[str, Any]) -> dict[str, forms.Field]:
    """The inputs of a question; a date has three."""
    needed = one.get("required", False) and "when" not in one
    kept: dict[str, Any] = {"label": one["label"][0], "required": needed}
    kept["help_text"] = one["hint"][0] if "hint" in one else ""
    if one["kind"] == "date":
        return {
            f"{one['name']}_{part}": forms.IntegerField(
                label=f"{one['label'][0]} {word}", max_value=most, required=False
            )
            for part, word, most in DATE_PARTS
        }
    return {one["name"]: _field(one["kind"], _choices(raw, one), kept)}


def _field(kind: str, choices: list[tuple[str, str]], kept: dict[str, Any]) -> forms.Field:
    if kind == "choice":
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **kept)
    if kind == "multi":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, **kept)
    if kind == "number":
        return forms.FloatField(min_value=0, **kept)
    if kind == "long_text":
        return forms.CharField(max_length=1000, widget=forms.Textarea, **kept)
    return forms.CharField(max_length=200, **kept)


def _choices(raw: dict[str, Any], one: dict[str, Any]) -> list[tuple[str, str]]:
    rows = one.get("choices") or raw["lists"].get(one.get("list"), [])
    return [
        (row["code"], row["label"] if isinstance(row["label"], str) else row["label"][0])
        if isinstance(row, dict)
        else (row[0], row[1])
        for row in rows
    ]
