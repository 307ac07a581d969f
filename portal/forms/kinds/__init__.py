"""The kinds of questions by the names that questionnaires use."""

from __future__ import annotations

from portal.forms.kinds.base import Asking, Kind
from portal.forms.kinds.choices import ChoiceKind, CodeKind, MultiKind
from portal.forms.kinds.days import DateKind
from portal.forms.kinds.places import AddressKind, CommuneKind, VillageKind
from portal.forms.kinds.simple import (
    CitizenKind,
    DigitsKind,
    LongTextKind,
    MoneyKind,
    NameKind,
    NumberKind,
    PhoneKind,
    TextKind,
)
from portal.forms.mistakes import QuestionnaireError

__all__ = ["Asking", "Kind", "get"]

KINDS: dict[str, Kind] = {
    "text": TextKind(),
    "name": NameKind(),
    "long_text": LongTextKind(),
    "date": DateKind(),
    "choice": ChoiceKind(),
    "multi": MultiKind(),
    "code": CodeKind(),
    "number": NumberKind(),
    "money": MoneyKind(),
    "phone": PhoneKind(),
    "citizen": CitizenKind(),
    "digits": DigitsKind(),
    "commune": CommuneKind(),
    "village": VillageKind(),
    "address": AddressKind(),
}


def get(name: str) -> Kind:
    """The kind of a name. Raises `QuestionnaireError` for an unknown one."""
    if name not in KINDS:
        raise QuestionnaireError(f"there is no kind {name!r}")
    return KINDS[name]
