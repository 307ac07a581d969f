"""One page of a questionnaire as a Django form, laid out by crispy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from portal.forms import kinds
from portal.forms.citizen import fits
from portal.forms.dates import too_close
from portal.forms.kinds import Asking
from portal.forms.layout import Question, QuestionLayout
from portal.forms.questionnaire import Check, Field


class StepForm(forms.Form):
    """The questions of a page; `values` holds the answers of a valid form, `None` for none.

    Nothing is required of Django: each kind reads its inputs, and an answer that is missing gets
    the sentence of its kind at its first input.
    """

    use_required_attribute = False

    def __init__(
        self,
        fields: Sequence[Field],
        asking: Asking,
        data: Mapping[str, Any] | None = None,
        *,
        checks: Sequence[Check] = (),
    ) -> None:
        initial = posted(fields, asking.answers) if data is None else {}
        super().__init__(data, initial=initial)
        self.asked, self.asking, self.checks = fields, asking, checks
        self.values: dict[str, Any] = {}
        self.names: dict[str, list[str]] = {}
        for field in fields:
            shown = initial if data is None else data
            found = kinds.inputs(field, asking, shown)
            self.names[field.name] = list(found)
            self.fields.update(found)

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy lays it out; a form that is only validated needs none."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*(QuestionLayout(field.name) for field in self.asked))
        return helper

    def clean(self) -> dict[str, Any]:
        """Read every question, then what must fit together."""
        for field in self.asked:
            if not any(name in self.errors for name in self.names[field.name]):
                self._read(field)
        seen = {**self.asking.answers, **self.values}
        for check in self.checks:
            if check.error and self._applies(check, seen):
                self._refuse(check.field, str(check.message))
        return self.cleaned_data

    @property
    def warnings(self) -> list[Check]:
        """What does not seem to fit together in a valid form."""
        seen = {**self.asking.answers, **self.values}
        return [check for check in self.checks if not check.error and self._applies(check, seen)]

    @property
    def questions(self) -> list[Question]:
        """The questions with their inputs and errors, for the templates."""
        return [self.question(field.name) for field in self.asked]

    @property
    def problems(self) -> list[dict[str, str]]:
        """The list of errors on top: where each leads, the question, the sentence."""
        return [
            {"anchor": one.anchor, "label": str(one.field.label), "sentence": sentence}
            for one in (self.questions if self.is_bound else [])
            for sentence in one.errors
        ]

    def question(self, name: str) -> Question:
        """One of them."""
        field = next(field for field in self.asked if field.name == name)
        return Question(self, field, self.names[name])

    def _read(self, field: Field) -> None:
        kind = kinds.get(field.kind)
        try:
            value = kind.read(field, self.cleaned_data, self.asking)
        except ValidationError as error:
            self.add_error(None, self._known(field, error))
            return
        if value is None and field.required:
            self._refuse(field.name, kind.missing)
        self.values[field.name] = value

    def _known(self, field: Field, error: ValidationError) -> ValidationError:
        """Errors of inputs that this page does not have go to the question's first one."""
        own = self.names[field.name]
        found: dict[str, Any] = {}
        for name, sentences in error.error_dict.items():
            found.setdefault(name if name in own else own[0], []).extend(sentences)
        return ValidationError(found)

    def _refuse(self, name: str, sentence: Any) -> None:
        if name in self.names:
            self.add_error(self.names[name][0], sentence)
            self.values.pop(name, None)

    def _applies(self, check: Check, seen: Mapping[str, Any]) -> bool:
        return check.field in self.names and applies(check, seen, self.asking.on)


def applies(check: Check, seen: Mapping[str, Any], on: date) -> bool:
    """Whether the answers do not fit together as a check says."""
    if check.citizen:
        number, sex, birth = (seen.get(name) for name in check.citizen)
        return not fits(number, sex, birth)
    if check.apart:
        earlier, later, years = check.apart
        return too_close(seen.get(earlier), seen.get(later), years)
    return check.when.holds(seen, on)


def posted(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that would send the answers."""
    found: dict[str, Any] = {}
    for field in fields:
        value = answers.get(field.name)
        if value is not None:
            found |= kinds.get(field.kind).post(field, value)
    return found


def as_query(inputs: Mapping[str, Any]) -> QueryDict:
    """The same as a browser would send it, for validating stored answers again."""
    query = QueryDict(mutable=True)
    for name, value in inputs.items():
        query.setlist(
            name, [str(one) for one in value] if isinstance(value, list) else [str(value)]
        )
    return query
