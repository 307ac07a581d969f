"""One question asked alone: what becomes of its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.forms.kinds import Asking, get
from portal.forms.questionnaire import Choice, Field
from portal.forms.step_form import StepForm, as_query, posted
from portal.forms.texts import Text

NAME = "q"
ON = date(2026, 11, 25)
YES_NO = (Choice("yes", Text("Có", "Yes")), Choice("no", Text("Không", "No")))


def question(kind: str, choices: tuple[Choice, ...] = (), **options: Any) -> Field:
    """A question of a kind with its settings."""
    required = options.pop("required", False)
    settings = tuple(sorted(options.items()))
    field = Field(NAME, kind, Text("Hỏi"), required=required, choices=choices, options=settings)
    get(kind).check_field(field)
    return field


def form(field: Field, inputs: Any, answers: Mapping[str, Any] | None = None) -> StepForm:
    """The page with the question alone; a text alone stands for the only input."""
    data = inputs if isinstance(inputs, Mapping) else {NAME: inputs}
    return StepForm([field], Asking(ON, answers or {}), as_query(data))


def ask(kind: str, inputs: Any, **settings: Any) -> Any:
    """The answer; an error fails the test."""
    answers, choices = settings.pop("answers", None), settings.pop("choices", ())
    found = form(question(kind, choices, **settings), inputs, answers)
    assert found.is_valid(), found.errors
    return found.values[NAME]


def refused(kind: str, inputs: Any, **settings: Any) -> str:
    """The sentence at the question; an answer that is taken fails the test."""
    answers, choices = settings.pop("answers", None), settings.pop("choices", ())
    found = form(question(kind, choices, **settings), inputs, answers)
    assert not found.is_valid(), found.values
    return " ".join(row["sentence"] for row in found.problems)


def again(kind: str, value: Any, **settings: Any) -> Any:
    """The answer after it was shown and sent back unchanged, as it is before sending."""
    answers, choices = settings.pop("answers", None), settings.pop("choices", ())
    field = question(kind, choices, **settings)
    return_inputs = posted([field], {NAME: value})
    found = form(field, return_inputs, answers)
    assert found.is_valid(), (value, return_inputs, found.errors)
    return found.values[NAME]
