"""Answers to tick, and long code lists with help while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.kinds.base import Asking, CleanText, Kind, refuse, text_of
from portal.forms.mistakes import QuestionnaireError
from portal.forms.questionnaire import Choice, Field
from search.text import exact, fold

LONGEST = 200


class ChoiceKind(Kind):
    """One of several, as radio buttons."""

    template = "forms/fields/choice.html"
    missing = _("Choose one answer.")
    needs_choices = True

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        pairs = [(choice.code, choice.label) for choice in field.choices]
        wrong = {"invalid_choice": _("Choose one of the answers below.")}
        return {
            field.name: forms.ChoiceField(
                required=False, choices=pairs, widget=forms.RadioSelect, error_messages=wrong
            )
        }

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> str | None:
        return cleaned.get(field.name) or None

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        return isinstance(value, str) and value != "" and field.choice(value) is not None

    def words(self, field: Field, value: Any) -> str:
        choice = field.choice(value)
        return str(choice.label) if choice else str(value)


class MultiKind(Kind):
    """Any number of them, as boxes. Nothing ticked is no answer, unless `none` says otherwise.

    With the option `none` (a code of a choice) the person says that nothing applies; the value is
    then an empty list, which is an answer.
    """

    template = "forms/fields/choice.html"
    missing = _("Tick at least one answer.")
    needs_choices = True
    settings = frozenset({"none"})

    def check_field(self, field: Field) -> None:
        super().check_field(field)
        none = field.option("none")
        if none is not None and not getattr(field.choice(none), "alone", False):
            raise QuestionnaireError(f"none names {none!r}, which is no choice that stands alone")

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        pairs = [(choice.code, choice.label) for choice in field.choices]
        wrong = {"invalid_choice": _("Choose one of the answers below.")}
        return {
            field.name: forms.MultipleChoiceField(
                required=False,
                choices=pairs,
                widget=forms.CheckboxSelectMultiple,
                error_messages=wrong,
            )
        }

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> list[str] | None:
        ticked = list(dict.fromkeys(cleaned.get(field.name) or []))
        alone = [code for code in ticked if (found := field.choice(code)) and found.alone]
        if alone and len(ticked) > 1:
            label = field.choice(alone[0])
            sentence = _("“%(answer)s” cannot be ticked together with another answer.")
            raise refuse(field.name, sentence % {"answer": label.label if label else alone[0]})
        if ticked == [field.option("none")]:
            return []
        return [choice.code for choice in field.choices if choice.code in ticked] or None

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        if not isinstance(value, list):
            return False
        none = field.option("none")
        ticked = [choice for choice in field.choices if choice.code in value]
        together = len(ticked) < 2 or not any(choice.alone for choice in ticked)
        known = bool(ticked) or none is not None
        codes = [choice.code for choice in ticked]
        return codes == value and known and together and codes != [none]

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        none = field.option("none")
        return {field.name: [none] if value == [] and none else value}

    def words(self, field: Field, value: Any) -> str:
        codes = value or [field.option("none")]
        found = [choice for choice in field.choices if choice.code in codes]
        return "; ".join(str(choice.label) for choice in found)


class CodeKind(Kind):
    """One of a long list, typed with help; code, label and folded label are understood."""

    template = "forms/fields/code.html"
    missing = _("Write or choose one entry of the list.")
    needs_choices = True

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        attrs = {"list": f"list_{field.name}", "autocomplete": "off"}
        return {
            field.name: CleanText(
                required=False, max_length=LONGEST, widget=forms.TextInput(attrs=attrs)
            )
        }

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> str | None:
        typed = text_of(cleaned.get(field.name))
        if not typed:
            return None
        found = _matches(field.choices, typed)
        if len(found) == 1:
            return found[0].code
        if found:
            near = ", ".join(str(choice.label) for choice in found[:4])
            raise refuse(field.name, _("Which one is meant: %(near)s?") % {"near": near})
        raise refuse(field.name, _("The list has no entry “%(typed)s”.") % {"typed": typed[:60]})

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        known = isinstance(value, str) and field.choice(value) is not None
        return known and text_of(value) == value and 0 < len(value) <= LONGEST

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        said = self.words(field, value)
        sure = [choice.code for choice in _matches(field.choices, said)] == [value]
        return {field.name: said if sure and len(said) <= LONGEST else str(value)}

    def words(self, field: Field, value: Any) -> str:
        choice = field.choice(value)
        return str(choice.label) if choice else str(value)


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A choice with its label in the forms that are compared."""

    choice: Choice
    exact: frozenset[str]
    marked: str
    folded: frozenset[str]
    plain: str


@lru_cache(maxsize=64)
def _spelled(choices: tuple[Choice, ...]) -> tuple[_Spelled, ...]:
    """Folding a whole list is most of the work, and lists never change."""
    return tuple(
        _Spelled(
            choice,
            frozenset({exact(choice.label.vi), exact(choice.label.en)}),
            exact(choice.label.vi),
            frozenset({fold(choice.label.vi), fold(choice.label.en)}),
            fold(choice.label.vi),
        )
        for choice in choices
    )


def _matches(choices: tuple[Choice, ...], typed: str) -> list[Choice]:
    """The first of: the code, the label, the folded label, a beginning, a part.

    Who writes accents means them: “Cơ” begins Cơ-ho and Cơ Lao, and is not Co.
    """
    said, folded = exact(typed), fold(typed)
    marked = said != folded
    ways: tuple[Callable[[_Spelled], bool], ...] = (
        lambda one: one.choice.code == typed,
        lambda one: said in one.exact,
        lambda one: marked and one.marked.startswith(said),
        lambda one: folded in one.folded,
        lambda one: one.plain.startswith(folded),
        lambda one: folded in one.plain,
    )
    spelled = _spelled(choices)
    found = ([one.choice for one in spelled if way(one)] for way in ways)
    return next((matches for matches in found if matches), [])
