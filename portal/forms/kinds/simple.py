"""Texts and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from portal.forms.kinds.base import Asking, CleanText, Kind, line_of, refuse, text_of
from portal.forms.questionnaire import Field

LONGEST_LINE = 200
LONGEST_TEXT = 2000
MOST = 1_000_000_000_000
LONGEST_WHOLE = 10**15
# 1.500, 1 500 and 1.500,5; else 1500, 12,5 and 12.5: nothing that only programmers read as numbers.
GROUPED = re.compile(r"(-?[0-9]{1,3}(?:[ .\u00a0][0-9]{3}){1,4})(?:,([0-9]{1,9}))?")
PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")
KEPT_PHONE = re.compile(r"\+84(?:[35789][0-9]{8}|2[0-9]{9})")
PLAIN = re.compile(r"(-?[0-9]{1,15})(?:[.,]([0-9]{1,9}))?")


def grouped(value: float) -> str:
    """A number with its thousands in groups, as the language writes them."""
    return str(formats.number_format(value, use_l10n=True, force_grouping=True))


class TextKind(Kind):
    """One line."""

    settings = frozenset({"longest", "autocomplete"})
    longest: ClassVar[int] = LONGEST_LINE
    clean = staticmethod(line_of)

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        longest = int(field.option("longest", self.longest))
        return {
            field.name: CleanText(
                required=False, max_length=longest, widget=self.widget(field, longest)
            )
        }

    def widget(self, field: Field, longest: int) -> forms.Widget:
        """The input."""
        attrs = {"autocomplete": field.option("autocomplete", "off"), "maxlength": longest}
        return forms.TextInput(attrs=attrs)

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> str | None:
        return text_of(cleaned.get(field.name)) or None

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        longest = int(field.option("longest", self.longest))
        return isinstance(value, str) and 0 < len(value) <= longest and self.clean(value) == value


class NameKind(TextKind):
    """A person's name: letters, and what may stand between them."""

    longest = 100
    missing = _("Write the full name.")

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> str | None:
        text = super().read(field, cleaned, asking)
        if text and not _is_name(text):
            raise refuse(field.name, _("A name holds letters only, no digits or signs."))
        return text

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        return super().stands(field, value, asking) and _is_name(value)


def _is_name(text: str) -> bool:
    return all(letter.isalpha() or letter in " .'’-" for letter in text) and any(
        letter.isalpha() for letter in text
    )


class LongTextKind(TextKind):
    """Several lines."""

    longest = LONGEST_TEXT
    clean = staticmethod(text_of)

    def widget(self, field: Field, longest: int) -> forms.Widget:
        """A box to write in; the length is checked on the server, where line ends count once."""
        return forms.Textarea(attrs={"rows": 4})


class DigitsKind(TextKind):
    """A number that is a name, such as an insurance number; leading zeros count."""

    missing = _("Write the number.")
    settings = frozenset({"lengths"})

    def widget(self, field: Field, longest: int) -> forms.Widget:
        """The keyboard with digits."""
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> str | None:
        text = super().read(field, cleaned, asking)
        if not text:
            return None
        digits = re.sub(r"[ .\-]", "", text)
        lengths = self.lengths(field)
        if not digits.isascii() or not digits.isdigit() or len(digits) not in lengths:
            counts = _(" or ").join(str(length) for length in lengths)
            raise refuse(
                field.name, _("This number must have %(counts)s digits.") % {"counts": counts}
            )
        return digits

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        digits = isinstance(value, str) and value.isascii() and value.isdigit()
        return digits and len(value) in self.lengths(field)

    def lengths(self, field: Field) -> list[int]:
        """How many digits it may have."""
        return [int(length) for length in field.option("lengths", [10])]


class CitizenKind(DigitsKind):
    """Citizen number (số định danh cá nhân, 12 digits), or the old identity card (CMND, 9)."""

    missing = _("Write the citizen number.")
    settings = frozenset({"old"})

    def lengths(self, field: Field) -> list[int]:
        return [12, 9] if field.option("old", True) else [12]


class PhoneKind(TextKind):
    """A telephone number of Viet Nam, kept as +84…"""

    missing = _("Write the telephone number.")
    settings = frozenset[str]()

    def widget(self, field: Field, longest: int) -> forms.Widget:
        """The telephone keyboard."""
        return forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> str | None:
        text = super().read(field, cleaned, asking)
        if not text:
            return None
        digits = re.sub(r"[ .\-()]", "", text)
        national = re.sub(r"^(?:\+84|0084|84(?=[1-9]))0?", "0", digits)
        if not PHONE.fullmatch(national):
            raise refuse(field.name, _("A telephone number has 10 digits, such as 0912 345 678."))
        return f"+84{national[1:]}"

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        return isinstance(value, str) and KEPT_PHONE.fullmatch(value) is not None

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        return {field.name: self.words(field, value)}

    def words(self, field: Field, value: Any) -> str:
        national = f"0{str(value).removeprefix('+84')}"
        return f"{national[:4]} {national[4:7]} {national[7:]}"


class NumberKind(Kind):
    """A number with a comma for decimals; `places` of them, none by default."""

    template = "forms/fields/number.html"
    missing = _("Write a number.")
    settings = frozenset({"places", "least", "most", "unit"})

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        mode = "decimal" if field.option("places") else "numeric"
        widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "size": 12})
        return {field.name: CleanText(required=False, max_length=40, widget=widget)}

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> int | float | None:
        text = text_of(cleaned.get(field.name))
        return self.number(field, text) if text else None

    def number(self, field: Field, text: str) -> int | float:
        """Thousands in groups of three are understood; the limits are said in the error."""
        places = int(field.option("places", 0))
        found = GROUPED.fullmatch(text) or PLAIN.fullmatch(text)
        if found is None:
            raise refuse(field.name, self.missing)
        whole, part = re.sub(r"[ .\u00a0]", "", found[1]), found[2] or "0"
        value = Decimal(f"{whole}.{part}")
        # 1,500 is as likely 1500 in English: who means a decimal writes 1,5.
        if value != round(value, places) or (len(part) == 3 and places < 3):
            few = _("Write the number with at most %(places)s decimals.") % {"places": places}
            raise refuse(field.name, few if places else _("Write a whole number."))
        least, most = field.option("least", 0), field.option("most", MOST)
        if not least <= value <= most:
            limits = {"least": grouped(least), "most": grouped(most)}
            raise refuse(field.name, _("Write a number from %(least)s to %(most)s.") % limits)
        return int(value) if value == value.to_integral_value() else float(value)

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        least, most = field.option("least", 0), field.option("most", MOST)
        readable = type(value) is int and abs(value) < LONGEST_WHOLE
        return readable and least <= value <= most

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        return {field.name: f"{Decimal(str(value)):f}".replace(".", ",")}

    def words(self, field: Field, value: Any) -> str:
        unit = field.option("unit", "")
        return f"{grouped(value)} {unit}" if unit else grouped(value)


class MoneyKind(NumberKind):
    """An amount in đồng."""

    missing = _("Write an amount in đồng, in digits.")

    def words(self, field: Field, value: Any) -> str:
        return f"{grouped(value)} đồng"
