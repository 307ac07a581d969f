"""What the public and the moderators fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.dialogue.comments.models import LONGEST_COMMENT, LONGEST_NAME, STARS
from portal.dialogue.open_forms import OpenForm, TextField

MOST_AT_ONCE = 200


class CommentForm(OpenForm):
    """A shown name and the comment."""

    name = TextField(
        most=LONGEST_NAME,
        label=_("Name that is shown"),
        help_text=_("Your name or a pen name. It stands beside your comment for everybody."),
        error_messages={"required": _("Write the name that is to be shown.")},
    )
    text = TextField(
        most=LONGEST_COMMENT,
        lines=8,
        label=_("Your comment"),
        help_text=_(
            "At most 3,000 characters, plain text. Please write no telephone number, no identity "
            "number and nothing private about others."
        ),
        error_messages={"required": _("Write your comment.")},
    )


class RatingForm(forms.Form):
    """One to five stars."""

    use_required_attribute = False

    stars = forms.TypedChoiceField(
        label=_("How useful is this page?"),
        coerce=int,
        choices=[(n, ngettext_lazy("%d point", "%d points", n) % n) for n in reversed(STARS)],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the five points."),
            "invalid_choice": _("Choose one of the five points."),
        },
    )


def keys_in(data: Any) -> tuple[list[int], str]:
    """The comments that a click means, and the verb: those ticked, or the one of the button."""
    one, _colon, number = data.get("one", "").partition(":")
    if one:
        return _numbers([number]), one
    return _numbers(data.getlist("comments")), data.get("all", "")


def _numbers(texts: list[str]) -> list[int]:
    known = (text for text in texts[:MOST_AT_ONCE] if text.isascii() and text.isdigit())
    return [int(text) for text in known if len(text) < 10]
