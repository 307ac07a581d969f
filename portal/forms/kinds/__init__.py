"""The kinds of questions by the names that questionnaires use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

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
from portal.forms.questionnaire import Field

__all__ = ["Asking", "Kind", "get", "inputs", "kept_inputs"]

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


def inputs(field: Field, asking: Asking, data: Mapping[str, Any]) -> dict[str, forms.Field]:
    """The inputs of a question by their names."""
    return get(field.kind).inputs(field, asking, data)


MOST_KEPT = 5_000
_kept: dict[int, tuple[Field, dict[str, forms.Field]]] = {}


def kept_inputs(field: Field, asking: Asking, data: Mapping[str, Any]) -> dict[str, forms.Field]:
    """The inputs of a question for validating alone, made once where its kind is `fixed`.

    They are shared, so they must not be rendered or changed. The question is kept beside them:
    as long as it lives, its id is no other's.
    """
    kind = get(field.kind)
    if not kind.fixed:
        return kind.inputs(field, asking, data)
    if id(field) not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[id(field)] = (field, kind.inputs(field, asking, data))
    return _kept[id(field)][1]
