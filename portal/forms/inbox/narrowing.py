"""Filters and order of the inbox as they stand in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.areas.models import Unit, User
from portal.areas.queries import scope_of
from portal.forms import registry
from portal.forms.inbox import searching
from portal.forms.inbox.order import DEFAULT, NAMES, order_of
from portal.forms.models import Means, Submission
from portal.jobs import clock

FORM, STATE, UNIT, MEANS, WAITING = "mau", "trang-thai", "xa", "cach", "cho"
FIRST, LAST, SEARCH, SORT, POSITION = "tu", "den", "tim", "sap", "vt"
AGES = (3, 7, 15)
DAYS = (date(2000, 1, 1), date(2199, 12, 31))
MOST = 2**31 - 1
NO_COMMUNE = 0
Rows = QuerySet[Submission]
IS_WAITING = Q(state=Submission.State.SENT, erased_at=None)


def midnight(day: date) -> datetime:
    """The beginning of a day in Viet Nam."""
    return datetime.combine(day, time.min, clock.ZONE)


def waiting_longer(days: int) -> Q:
    """Sent more than so many days ago and not taken in yet."""
    return IS_WAITING & Q(sent_at__lt=midnight(clock.today() - timedelta(days=days)))


def _of_unit(rows: Rows, unit: int) -> Rows:
    return rows.filter(unit=None) if unit == NO_COMMUNE else rows.filter(unit=unit)


LIMITS: Mapping[str, Callable[[Rows, Any], Rows]] = {
    FORM: lambda rows, form: rows.filter(form=form),
    STATE: lambda rows, state: rows.filter(state=state),
    UNIT: _of_unit,
    MEANS: lambda rows, means: rows.filter(means=means),
    WAITING: lambda rows, days: rows.filter(waiting_longer(int(days))),
    FIRST: lambda rows, day: rows.filter(sent_at__gte=midnight(day)),
    LAST: lambda rows, day: rows.filter(sent_at__lt=midnight(day + timedelta(days=1))),
}


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NarrowingForm(forms.Form):
    """Every filter is optional; one that cannot be read says so and filters nothing."""

    use_required_attribute = False

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__(query)
        ages = [(str(days), _("more than %(days)s days") % {"days": days}) for days in AGES]
        kinds = [(form.id, form.label) for form in registry.all_types().values()]
        self.fields[FORM] = _choice(_("Form"), kinds)
        self.fields[STATE] = _choice(_("State"), Submission.State.choices)
        self.fields[UNIT] = forms.IntegerField(
            label=_("Commune"), required=False, min_value=0, max_value=MOST, widget=forms.Select
        )
        self.fields[MEANS] = _choice(_("Means"), Means.choices)
        self.fields[WAITING] = _choice(_("Waiting"), ages)
        self.fields[FIRST] = _day(_("Sent from"))
        self.fields[LAST] = _day(_("Sent until"))

    def clean(self) -> dict[str, Any]:
        """Days the wrong way round fit nothing: it is said, and the last one left out."""
        first, last = (self.cleaned_data.get(name) for name in (FIRST, LAST))
        if first and last and last < first:
            self.add_error(LAST, _("The last day is before the first."))
        return self.cleaned_data

    def offer_communes(self, user: User) -> None:
        """The province chooses among the communes that have records; a commune has no choice."""
        if not scope_of(user).everything:
            del self.fields[UNIT]
            return
        own = Submission.objects.order_by().values("unit")
        units = [(unit.pk, str(unit)) for unit in Unit.objects.filter(pk__in=own)]
        none = (NO_COMMUNE, _("The province, no commune"))
        self.fields[UNIT].widget.choices = [("", _("All")), none, *units]


def _choice(label: Any, pairs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *pairs])


def _day(label: Any) -> forms.DateField:
    limits = [MinValueValidator(DAYS[0]), MaxValueValidator(DAYS[1])]
    return forms.DateField(label=label, required=False, widget=DayInput, validators=limits)


class Narrowing:
    """What the address asks for, in the scope of a user."""

    def __init__(self, user: User, query: Mapping[str, str]) -> None:
        self.user = user
        self.form = NarrowingForm(query)
        self.form.is_valid()
        token = query.get(SEARCH, "")
        found = searching.opened(token, user) if token else ""
        self.is_lost = found is None
        self.typed = found or ""
        self.token = token if found else ""
        sort = query.get(SORT, "")
        self.sort = sort if sort.removeprefix("-") in NAMES else DEFAULT

    @property
    def values(self) -> dict[str, Any]:
        """The filters that are set."""
        cleaned = self.form.cleaned_data
        return {name: cleaned[name] for name in LIMITS if cleaned.get(name) not in (None, "")}

    @property
    def is_sound(self) -> bool:
        """Whether every part of the address was understood, so that nothing more is shown."""
        return not self.is_lost and self.form.is_valid()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left out."""
        return not self.values and not self.typed

    def rows(self) -> QuerySet[Submission]:
        """The records, in order."""
        rows: Rows = Submission.objects.visible_to(self.user)
        for name, value in self.values.items():
            rows = LIMITS[name](rows, value)
        return searching.narrow(rows, self.typed).order_by(*order_of(self.sort), F("pk").desc())

    def query(self, **changes: Any) -> str:
        """The address part that asks for the same; an empty change takes a part out."""
        parts: dict[str, Any] = {**self.values, SEARCH: self.token}
        if self.sort != DEFAULT:
            parts[SORT] = self.sort
        return urlencode({name: it for name, it in (parts | changes).items() if it != ""})
