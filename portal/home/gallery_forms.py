"""Samples of questions: every kind empty, answered and refused, in a form of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms.kinds import Asking
from portal.forms.questionnaire import Choice, Field
from portal.forms.step_form import StepForm, as_query
from portal.forms.texts import Text
from portal.home.gallery import Piece, State, register
from portal.jobs import clock

HINT = Text("Câu gợi ý dưới câu hỏi.", "A hint below the question.")
YES_NO = (Choice("yes", Text("Có", "Yes")), Choice("no", Text("Không", "No")))
SEVERAL = (
    Choice("a", Text("Ti vi", "Television")),
    Choice("b", Text("Xe máy", "Motorbike")),
    Choice("none", Text("Không có thứ nào", "None of these"), alone=True),
)
DATE = ("day", "month", "year")
# Kind, question, choices, a good answer, a refused one.
QUESTIONS: tuple[tuple[str, Text, tuple[Choice, ...], Any, Any], ...] = (
    ("name", Text("Họ và tên", "Full name"), (), "Nguyễn Văn Mẫu", "1234"),
    ("date", Text("Ngày sinh", "Date of birth"), (), ("7", "3", "1990"), ("31", "2", "1990")),
    ("choice", Text("Có đang đi học không?", "At school?"), YES_NO, "yes", "?"),
    ("multi", Text("Nhà có những thứ nào?", "What is in the house?"), SEVERAL, ["a", "b"], ["?"]),
    ("code", Text("Nghề nghiệp", "Occupation"), YES_NO, "Có", "xyz"),
    ("number", Text("Diện tích nhà (m²)", "Floor area (m²)"), (), "39", "rộng"),
    ("money", Text("Thu nhập một tháng (đồng)", "Monthly income"), (), "1.500.000", "nhiều"),
    ("phone", Text("Số điện thoại", "Telephone"), (), "0912 345 678", "12"),
    ("citizen", Text("Số định danh cá nhân", "Citizen number"), (), "008190001234", "12345"),
    ("long_text", Text("Lý do", "Reason"), (), "Nhà bị lũ cuốn.\nMất mùa.", None),
)


def register_pieces() -> None:
    """Called once from the app's `ready()`."""
    title = gettext_lazy("Questions of a form")
    register(Piece("questions", title, "home/gallery/questions.html", _questions))


def _questions() -> Sequence[State]:
    return [
        State(_("Empty"), {"form": _form(None)}),
        State(_("Answered"), {"form": _form(3)}),
        State(_("With errors"), {"form": _form(4)}),
    ]


def _form(answer: int | None) -> StepForm:
    """The questions with their good answer (3), their bad one (4), or none."""
    asked = [
        Field(f"q{answer or 0}_{row[0]}", row[0], row[1], hint=HINT, choices=row[2], required=True)
        for row in QUESTIONS
    ]
    given: dict[str, Any] = {}
    for field, row in zip(asked, QUESTIONS, strict=True):
        given |= _inputs(field, row[answer] if answer else None)
    form = StepForm(asked, Asking(clock.today()), as_query(given) if answer else None)
    form.is_valid()
    return form


def _inputs(field: Field, value: Any) -> Mapping[str, Any]:
    if field.kind == "date" and value:
        return dict(zip((f"{field.name}_{part}" for part in DATE), value, strict=True))
    return {} if value is None else {field.name: value}
