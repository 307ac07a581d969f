"""Dates in three boxes; where the option `partial` is set, day and month may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms.dates import age_on, assumed, in_words, parts
from portal.forms.kinds.base import Asking, CleanText, Kind, refuse, text_of
from portal.forms.questionnaire import Field
from portal.jobs import clock

OLDEST = 130
PARTS = (("day", 2), ("month", 2), ("year", 4))


class DateKind(Kind):
    """A day in the past (or, with `future`, any day); `least_age` asks for completed years.

    What is past the real day decides, whatever the day on which ages are taken.
    """

    template = "forms/fields/date.html"
    missing = _("Write day, month and year.")
    parts = ("day", "month", "year")
    settings = frozenset({"partial", "future", "least_age"})

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        return {
            f"{field.name}_{part}": CleanText(
                required=False,
                max_length=length,
                widget=forms.TextInput(
                    attrs={
                        "inputmode": "numeric",
                        "autocomplete": "off",
                        "maxlength": length,
                        "size": length,
                    }
                ),
            )
            for part, length in PARTS
        }

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> str | None:
        typed = {part: text_of(cleaned.get(f"{field.name}_{part}")) for part, _length in PARTS}
        if not any(typed.values()):
            return None
        value = self._value(field, typed)
        self._check_limits(field, value, asking)
        return value

    def _value(self, field: Field, typed: dict[str, str]) -> str:
        partial = bool(field.option("partial"))
        for part, _length in PARTS:
            text = typed[part]
            if text and not (text.isascii() and text.isdigit()):
                raise refuse(
                    f"{field.name}_{part}", _("Write the date in digits, such as 07 03 1980.")
                )
        if partial:  # old papers have 00/00/1980
            typed |= {part: "" for part in ("day", "month") if not typed[part].strip("0")}
        if len(typed["year"]) != 4:
            raise refuse(f"{field.name}_year", _("Write the year with four digits."))
        if typed["day"] and not typed["month"]:
            raise refuse(f"{field.name}_month", _("Write the month too, or leave the day empty."))
        if not partial and not (typed["day"] and typed["month"]):
            part = "month" if typed["day"] else "day"
            raise refuse(f"{field.name}_{part}", self.missing)
        value = "-".join(
            text.zfill(length) for part, length in reversed(PARTS) if (text := typed[part])
        )
        if assumed(value) is None:
            raise refuse(f"{field.name}_day", _("The calendar has no such day."))
        return value

    def _check_limits(self, field: Field, value: str, asking: Asking) -> None:
        known, today = parts(value), clock.today()
        assert known is not None  # noqa: S101  # nosec B101
        year, month, day = known
        place = f"{field.name}_year"
        earliest = date(year, month or 1, day or 1)
        if earliest > today and not field.option("future"):
            raise refuse(place, _("This day is still to come."))
        if not today.year - OLDEST <= year <= today.year + OLDEST:
            raise refuse(place, _("Look at the year again."))
        least = field.option("least_age")
        age = age_on(value, asking.on)
        if least is not None and age is not None and age < least:
            raise refuse(
                place, _("This form is for persons of %(age)s years or more.") % {"age": least}
            )

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        known = parts(value)
        whole = known is not None and (bool(field.option("partial")) or None not in known)
        if not whole or assumed(value) is None:
            return False
        try:
            self._check_limits(field, value, asking)
        except ValidationError:
            return False
        return True

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        known = parts(value) or (None, None, None)
        texts = zip(("year", "month", "day"), known, strict=True)
        return {
            f"{field.name}_{part}": "" if number is None else f"{number:02}"
            for part, number in texts
        }

    def words(self, field: Field, value: Any) -> str:
        return in_words(value)
