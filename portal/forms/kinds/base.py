"""What a kind of question can do; each has its widget, its reading and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms.mistakes import QuestionnaireError
from portal.forms.questionnaire import Field
from search.text import nfc

# Control letters and those that nobody sees: they hide text, or turn it round.
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Asking:
    """The moment of a question: the reference day, and the answers given on earlier pages.

    `kept` is what a kind has looked up for it, so that one page, or one sending, looks up a thing
    once.
    """

    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)


class Kind:
    """One kind of question over one or more inputs named `<field>` or `<field>_<part>`.

    `settings` are the options that a questionnaire may set, `parts` those of its inputs. Values
    are what JSON holds. `None` is no answer; whether that is allowed the page decides. Inputs of
    a `fixed` kind depend on the question alone.
    """

    template: ClassVar[str] = "forms/fields/text.html"
    missing: ClassVar[Any] = _("Fill in this answer.")
    needs_choices: ClassVar[bool] = False
    fixed: ClassVar[bool] = True
    parts: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[frozenset[str]] = frozenset()

    def check_field(self, field: Field) -> None:
        """Refuse settings that this kind cannot work with (`QuestionnaireError`)."""
        if self.needs_choices != bool(field.choices):
            word = "needs" if self.needs_choices else "takes no"
            raise QuestionnaireError(f"{field.kind} {word} choices")
        unknown = {name for name, _value in field.options} - self.settings
        if unknown:
            raise QuestionnaireError(f"{field.kind} has no option {', '.join(sorted(unknown))}")

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        """The Django fields by input name; none is required, `read` decides that."""
        raise NotImplementedError

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> Any:
        """The value out of cleaned inputs. Raises `ValidationError`, keyed by input."""
        return cleaned.get(field.name)

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        """Whether a stored value is sure to come back unchanged through its own inputs.

        Sending asks this first, because twenty pages of inputs take longer than everything else
        of it. `False` says nothing: the value then goes through the inputs.
        """
        return False

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        """The inputs that would send this value: for showing it again, and to validate it again."""
        return {field.name: value}

    def words(self, field: Field, value: Any) -> str:
        """The value as a person reads it."""
        return str(value)


def text_of(raw: Any) -> str:
    """Typed text: NFC, without control and invisible letters, single spaces within a line."""
    plain = nfc(CONTROL.sub("", LINE_END.sub("\n", str(raw or ""))))
    return "\n".join(" ".join(line.split()) for line in plain.splitlines()).strip()


def line_of(raw: Any) -> str:
    """The same where there is one line only."""
    return " ".join(text_of(raw).split())


class CleanText(forms.CharField):
    """A text, of several lines in a box, cleaned before its length is looked at."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "max_length": _(
            "Write at most %(limit_value)d letters; there are %(show_value)d now, spaces included."
        )
    }

    def to_python(self, value: Any) -> str:
        return text_of(value) if isinstance(self.widget, forms.Textarea) else line_of(value)


def refuse(name: str, sentence: Any) -> ValidationError:
    """An error at one input."""
    return ValidationError({name: [sentence]})
