"""Forms of the back office of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.areas.models import Level, Role, Unit, User, Village
from portal.areas.officers import own_units
from portal.areas.reform import against_end
from portal.areas.succession import in_force, units_of_province
from portal.jobs import clock

PROVINCE_ROLES = (Role.PROVINCE_OFFICER, Role.AUDITOR)


class VillageForm(WagtailAdminModelForm):
    """A village of a commune in the officer's own scope: a row cannot be moved out of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = own_units(self.for_user, kept=self.instance.unit_id)

    def clean(self) -> dict[str, Any]:
        """A name stands once in a commune, however it is accented."""
        from search.text import fold

        data: dict[str, Any] = super().clean() or self.cleaned_data
        name, unit = " ".join(str(data.get("name", "")).split()), data.get("unit")
        twins = Village.objects.filter(unit=unit, name_folded=fold(name))
        if unit and name and twins.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("The commune already has a village of this name."))
        return data


class UnitForm(WagtailAdminModelForm):
    """A unit does not end before it is known where its people and officers go."""

    def clean(self) -> dict[str, Any]:
        """The sentence stands at the last day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.valid_to = data.get("valid_to")
        sentence = against_end(self.instance)
        if sentence:
            self.add_error("valid_to", sentence)
        return data


class AssignmentForm(WagtailAdminModelForm):
    """Role, unit and village must fit each other; else the assignment would open nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        units = Unit.objects.filter(
            Q(pk__in=units_of_province(settings.PROVINCE_CODE, today).values("pk"))
            | Q(in_force(today), code=settings.PROVINCE_CODE)
            | Q(pk=self.instance.unit_id)
        )
        field, villages = self.fields["unit"], self.fields["village"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = units
        if isinstance(villages, forms.ModelChoiceField):
            villages.queryset = Village.objects.filter(unit__in=units).select_related("unit")
            villages.label_from_instance = _with_commune  # type: ignore[assignment,method-assign]

    def clean(self) -> dict[str, Any]:
        """Level of the unit by role; a village only, and always, for its head."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        role, unit, village = data.get("role"), data.get("unit"), data.get("village")
        if role and unit:
            level = Level.PROVINCE if role in PROVINCE_ROLES else Level.COMMUNE
            if unit.level != level:
                self.add_error("unit", _("This role does not belong to a unit of this level."))
        if role == Role.VILLAGE_HEAD and not village:
            self.add_error("village", _("Choose the village of the village head."))
        if role != Role.VILLAGE_HEAD and village:
            self.add_error("village", _("Only a village head is assigned to a village."))
        if village and unit and village.unit_id != unit.pk:
            self.add_error("village", _("The village does not lie in this commune."))
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", ValidationError(_("The last day is before the first.")))
        return data


def _with_commune(village: Village) -> str:
    return f"{village} – {village.unit}"


class PortalUserEditForm(UserEditForm):
    """Wagtail's form with the post of the officer."""

    post = forms.CharField(label=gettext_lazy("post"), max_length=120, required=False)

    class Meta(UserEditForm.Meta):
        model = User
        fields = UserEditForm.Meta.fields | {"post"}


class PortalUserCreationForm(UserCreationForm):
    """Wagtail's form with the post of the officer."""

    post = forms.CharField(label=gettext_lazy("post"), max_length=120, required=False)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = UserCreationForm.Meta.fields | {"post"}
