"""Forms for everybody: no puzzle to solve, but a trap for programs and a seal of its own.

The seal says when the form was opened and carries the key under which what is sent is kept once:
a second click, a reload or a replayed form changes nothing.
"""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from portal.jobs import clock

SALT = "portal.dialogue.seal"
QUICKEST = timedelta(seconds=3)
LONGEST = timedelta(hours=12)
TOO_LONG = _("%(show_value)d characters are too many; at most %(limit_value)d are possible.")


@dataclass(frozen=True, slots=True)
class Seal:
    """When a form was opened, and the key of what it sends."""

    key: uuid.UUID
    at: datetime


def new_seal() -> str:
    """A fresh seal."""
    return signing.dumps([uuid.uuid4().hex, clock.now().isoformat()], salt=SALT)


def read_seal(raw: str) -> Seal | None:
    """What a seal says; `None` when it was not made here."""
    try:
        key, at = signing.loads(raw, salt=SALT)
        return Seal(uuid.UUID(hex=key), datetime.fromisoformat(at))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


class TextField(forms.CharField):
    """Plain text in NFC: line ends as one sign, no control characters, nothing interpreted."""

    def __init__(self, *, most: int, lines: int = 1, **kwargs: Any) -> None:
        self.most = most
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        super().__init__(widget=kwargs.pop("widget", widget), **kwargs)
        self.validators.append(MaxLengthValidator(most, TOO_LONG))

    def to_python(self, value: Any) -> str:
        """Clean before the length is counted."""
        text = unicodedata.normalize("NFC", str(super().to_python(value) or ""))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(
            letter for letter in text if letter == "\n" or unicodedata.category(letter)[0] != "C"
        ).strip()


class OpenForm(forms.Form):
    """Base of the room's public forms."""

    use_required_attribute = False

    website = forms.CharField(label=_("Leave this field empty"), required=False)
    seal = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["seal"].initial = new_seal
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.sealed: Seal | None = None

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that a person sees."""
        return [field for field in self.visible_fields() if field.name != "website"]

    def clean(self) -> dict[str, Any]:
        """Nothing in the trap, and opened neither a moment nor half a day ago."""
        data = super().clean() or {}
        if data.get("website"):
            self.add_error(None, _("The last field is a trap for programs and must stay empty."))
        self.sealed = read_seal(data.get("seal", ""))
        age = clock.now() - self.sealed.at if self.sealed else LONGEST
        if not timedelta() <= age < LONGEST:
            self._seal_anew()
            self.add_error(None, _("The form was open for too long. Please send it once more."))
        elif age < QUICKEST:
            self.add_error(None, _("That was very quick. Look over it once more, then send it."))
        return data

    def _seal_anew(self) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["seal"] = new_seal()
        self.data = data
