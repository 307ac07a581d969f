"""What a data subject fills in, and what the officer answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.dialogue.open_forms import OpenForm, TextField
from portal.dialogue.questions.forms import FollowForm, read_contact
from portal.privacy.subject_requests import RequestState, SubjectRequest


class RequestForm(OpenForm):
    """What is asked, about whom, and how to answer."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=SubjectRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you ask for.")},
    )
    details = TextField(
        most=3000,
        lines=6,
        label=_("Which data?"),
        help_text=_(
            "Name the form or the page, the references of what you sent, and what is wrong. "
            "Please do not write your identity number here."
        ),
        error_messages={"required": _("Say which data you mean.")},
    )
    name = TextField(
        most=100,
        label=_("Your full name"),
        error_messages={"required": _("Write your full name.")},
    )
    contact = TextField(
        most=150,
        label=_("Telephone or e-mail"),
        help_text=_("An officer asks you for proof that the data are yours before acting."),
        error_messages={"required": _("Write a telephone number or an e-mail address.")},
    )

    def clean_contact(self) -> str:
        """Something that leads back to whoever asks."""
        return read_contact(self.cleaned_data["contact"])


class RequestFollowForm(FollowForm):
    """Reference and code of a request."""

    example = _("This is not a reference. It looks like DL-26-7K3M-9Q2C; look at your note again.")


class OutcomeForm(forms.Form):
    """What is done and what whoever asked will read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    state = forms.ChoiceField(
        label=_("What is done"),
        choices=[
            (RequestState.ANSWERED, _("answered: it will be done by the day above")),
            (RequestState.DONE, _("done as asked")),
            (RequestState.REFUSED, _("refused, with the reason")),
        ],
        widget=forms.RadioSelect,
    )
    outcome = TextField(most=2000, lines=5, label=_("Answer to whoever asked"))
