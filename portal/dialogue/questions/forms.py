"""What the public asks, and what officers fill in for each step."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.dialogue.open_forms import OpenForm, TextField
from portal.dialogue.questions import queries
from portal.dialogue.questions.attaching import MOST_FILES, MOST_MB
from portal.dialogue.questions.consent import WORDING
from portal.dialogue.questions.models import LONGEST_QUESTION, LONGEST_TITLE, Question
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


class FilesField(forms.FileField):
    """Up to three files by one field, which works without scripts; their content is read later."""

    class Input(forms.FileInput):
        """Several at once."""

        allow_multiple_selected = True

    def __init__(self, **kwargs: Any) -> None:
        widget = self.Input(attrs={"accept": "application/pdf,image/jpeg,image/png"})
        super().__init__(widget=widget, required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Number and sizes."""
        files = [super(FilesField, self).clean(each) for each in data or []]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most three files."))
        if any(file.size > MOST_MB * 1024 * 1024 for file in files):
            raise forms.ValidationError(_("A file is larger than 5 MB."))
        return files


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
    attachments = FilesField(
        label=_("Files"),
        help_text=_(
            "Up to three: PDF, JPEG or PNG, 5 MB each. Only officers see them; a file goes public "
            "with the answer only if an officer finds nothing of a person in it. The place where a "
            "photo was taken is removed."
        ),
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

    def tell_lost_files(self) -> None:
        """What was typed stands in the form that is shown again; a browser keeps no files."""
        if self.errors and self.files and "attachments" not in self.errors:
            sentence = _("Please choose the files again: a browser does not keep them.")
            self.add_error("attachments", sentence)


class FollowForm(forms.Form):
    """Reference and code, as they were shown after sending."""

    use_required_attribute = False
    example = _("This is not a reference. It looks like HD-26-7K3M-9Q2C; look at your note again.")

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

    def __init__(
        self, data: Any = None, *, question: Question | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.question = question


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

    attachments = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Files that go public with the answer"),
        help_text=_("Open each one first: no name, number, face or signature may be seen in it."),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        rows = self.question.files.defer("content") if self.question else []
        choices = [(row.number, f"{row.number}. {row.name or row.plain_name}") for row in rows]
        self.fields["attachments"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["attachments"]

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
