"""What the public asks, and what officers fill in for each step."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.dialogue.open_forms import OpenForm, TextField
from portal.dialogue.questions import queries
from portal.dialogue.questions.consent import WORDING
from portal.dialogue.questions.models import LONGEST_QUESTION, LONGEST_TITLE
from portal.forms import references
from portal.jobs import clock

PHONE = re.compile(r"(?:\+?84|0)\d{8,10}")


def read_contact(contact: str) -> str:
    """A telephone number or an e-mail address as it was typed; anything else is a mistake."""
    if PHONE.fullmatch(re.sub(r"[\s.\-()]", "", contact)):
        return contact
    try:
        validate_email(contact)
    except forms.ValidationError as error:
        sentence = _("This is neither a telephone number nor an e-mail address.")
        raise forms.ValidationError(sentence) from error
    return contact


class QuestionForm(OpenForm):
    """Who asks, how to reach them, and what."""

    title = TextField(
        most=LONGEST_TITLE,
        label=_("Your question in one sentence"),
        error_messages={"required": _("Say in one sentence what you ask.")},
    )
    text = TextField(
        most=LONGEST_QUESTION,
        lines=8,
        label=_("The whole question"),
        help_text=_("At most 5,000 characters, plain text."),
        error_messages={"required": _("Write your question.")},
    )
    field: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Field of work"),
        empty_label=_("I do not know"),
        to_field_name="slug",
    )
    place: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Which commune is it about?"),
        empty_label=_("The whole province"),
        to_field_name="code",
    )
    name = TextField(
        most=100,
        label=_("Your full name"),
        error_messages={"required": _("Write your full name.")},
    )
    contact = TextField(
        most=150,
        label=_("Telephone or e-mail"),
        help_text=_("Only officers see it, to ask back or to send you the answer."),
        error_messages={"required": _("Write a telephone number or an e-mail address.")},
    )
    show_name = forms.BooleanField(
        required=False, label=_("My name may stand beside the published question.")
    )
    consent = forms.BooleanField(
        label=_(WORDING),
        error_messages={"required": _("Without your agreement the question cannot be taken in.")},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["field"].queryset = queries.fields()  # type: ignore[attr-defined]
        self.fields["place"].queryset = queries.communes()  # type: ignore[attr-defined]

    def clean_contact(self) -> str:
        """Something that leads back to whoever asks."""
        return read_contact(self.cleaned_data["contact"])


class FollowForm(forms.Form):
    """Reference and code, as they were shown after sending."""

    use_required_attribute = False
    example = _("This is no reference. It looks like HD-26-7K3M-9Q2C; look at your note again.")

    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        error_messages={"required": _("Write the reference.")},
    )
    code = forms.CharField(
        label=_("Code"), max_length=20, error_messages={"required": _("Write the code.")}
    )

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that a person sees."""
        return list(self.visible_fields())

    def clean_reference(self) -> str:
        """A slip is noticed by the last letter, without a guess being counted."""
        reference = references.read_reference(self.cleaned_data["reference"])
        if reference is None:
            raise forms.ValidationError(self.example)
        return reference

    def clean_code(self) -> str:
        """Eight digits."""
        code = references.read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("The code has eight digits."))
        return code


class StepForm(forms.Form):
    """Base of the officers' forms: the state that was seen."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, error_messages={}
    )


class ForwardForm(StepForm):
    """To a commune, or to an agency of the province."""

    unit: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Commune"),
        empty_label=_("An agency of the province"),
    )
    agency = TextField(most=200, required=False, label=_("Agency that answers"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["unit"].queryset = queries.communes()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two is named; a commune answers in its own name."""
        data = super().clean() or {}
        if not data.get("unit") and not data.get("agency"):
            self.add_error("agency", _("Name the commune or the agency."))
        elif data.get("unit") and not data.get("agency"):
            data["agency"] = f"UBND {data['unit']}"
        return data


class AnswerForm(StepForm):
    """The public wording: nothing private may be left in it."""

    title = TextField(most=LONGEST_TITLE, label=_("Published title"))
    text = TextField(
        most=LONGEST_QUESTION,
        lines=6,
        label=_("Published question"),
        help_text=_("Take out names, numbers and whatever leads back to a person."),
    )
    answer = TextField(most=20_000, lines=10, label=_("Answer"))
    agency = TextField(most=200, label=_("Agency that answers"))
    answered_on = forms.DateField(label=_("Answered on"), input_formats=["%d/%m/%Y", "%Y-%m-%d"])

    def clean_answered_on(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["answered_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day of the answer lies in the future."))
        return day


class RefusalForm(StepForm):
    """Why a question is not taken up; whoever asked reads it."""

    reason = TextField(most=1000, lines=4, label=_("Reason of the refusal, for whoever asked"))


FORMS: dict[str, type[StepForm]] = {
    "chuyen": ForwardForm,
    "tra-loi": AnswerForm,
    "dang": StepForm,
    "go": StepForm,
    "tu-choi": RefusalForm,
}
