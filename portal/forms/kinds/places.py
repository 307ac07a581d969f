"""Communes, villages and addresses: two levels, old names understood, the divided ones asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.areas.errors import AmbiguousUnitError, DividedUnitError, UnitNameError
from portal.areas.models import Level, Unit, Village
from portal.areas.names import UnitIndex
from portal.areas.queries import former_units, in_force, index_of, units_of_province
from portal.forms.kinds.base import Asking, CleanText, Kind, line_of, refuse, text_of
from portal.forms.questionnaire import Field
from portal.tables.composed import Statement
from search.text import name_key

LONGEST = 200
VILLAGE = Statement(
    Village, "SELECT {columns} FROM {table} WHERE unit_id = %s AND name_folded = %s"
)


def commune_value(unit: Unit) -> dict[str, str]:
    """A commune in answers: the key (code, valid from), and the name as it was."""
    return {"code": unit.code, "since": unit.valid_from.isoformat(), "name": str(unit)}


def unit_of(value: Any, kept: dict[Any, Any] | None = None) -> Unit | None:
    """The unit of such a value, whatever became of it later; `kept`: what was looked up before."""
    if not isinstance(value, Mapping) or not value.get("code"):
        return None
    code, since = value["code"], str(value["since"])
    found = kept if kept is not None else {}
    if ("unit", code, since) not in found:
        unit = Unit.objects.filter(code=code, valid_from=since).first()
        found["unit", code, since] = unit
    return cast("Unit | None", found["unit", code, since])


def _index(province: str, asking: Asking) -> UnitIndex:
    """The names of a province, asked for once by a page."""
    if province not in asking.kept:
        asking.kept[province] = index_of(province, asking.on)
    found: UnitIndex = asking.kept[province]
    return found


def _named(province: str, typed: str, asking: Asking) -> Unit | UnitNameError:
    """The one commune that a name leads to, or why there is none; looked up once by a page.

    A name of today that was another commune's before leads to none: people still write the old
    one, and their form would reach a commune that does not know them.
    """
    if (province, typed) not in asking.kept:
        index = _index(province, asking)
        try:
            asking.kept[province, typed] = index.commune(typed)
        except UnitNameError as error:
            asking.kept[province, typed] = error
        else:
            same = index.namesakes(typed)
            if len(same) > 1:
                asking.kept[province, typed] = AmbiguousUnitError("", same)
    found: Unit | UnitNameError = asking.kept[province, typed]
    return found


def _candidates(province: str, typed: str, asking: Asking) -> Sequence[Any]:
    """The communes to choose from when a name leads to more than one."""
    if not province or not 0 < len(typed) <= LONGEST:
        return ()
    found = _named(province, typed, asking)
    if isinstance(found, UnitNameError) and len(found.candidates) > 1:
        return found.candidates
    return ()


def _commune(province: str, typed: str, asking: Asking, picked: str, names: tuple[str, str]) -> Any:
    """The commune of a name, or the one that was picked; `names`: inputs of text and choice."""
    found = _named(province, typed, asking)
    if not isinstance(found, UnitNameError):
        return found
    units: Sequence[Any] = found.candidates
    chosen = next((unit for unit in units if unit.code == picked), None)
    if chosen is not None and len(units) > 1:
        return chosen
    raise refuse(names[len(units) > 1], _sentence(typed, found)) from found


def _kept(unit: Unit, asking: Asking) -> dict[str, str]:
    """The unit as an answer; whoever sends the form need not look for it again."""
    value = commune_value(unit)
    asking.kept["unit", value["code"], value["since"]] = unit
    return value


def _is_of_today(province: str, value: Any, asking: Asking) -> bool:
    """Whether such a value is a commune of the province; its name and code lead to itself then."""
    if not isinstance(value, Mapping):
        return False
    key = str(value.get("code")), str(value.get("since"))
    unit = _index(province, asking).communes.get(key)
    return unit is not None and value == _kept(unit, asking)


def _with_former(unit: Unit) -> str:
    """A commune and what it is made of, by which people know it."""
    former = "; ".join(former_units(unit))
    return f"{unit}, {_('made of %(units)s') % {'units': former}}" if former else str(unit)


def _pick(candidates: Sequence[Any]) -> forms.Field:
    return forms.ChoiceField(
        required=False,
        label=_("Choose the commune of today"),
        choices=[(unit.code, _with_former(unit)) for unit in candidates],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers below.")},
    )


class CommuneKind(Kind):
    """A commune of the portal's province, by any name that it has or had.

    Names of before July 2025 lead to today's commune; where the people were divided, or a name is
    or was used twice, the candidates are shown to choose from.
    """

    template = "forms/fields/commune.html"
    fixed = False
    parts = ("pick",)
    missing = _("Write the commune or ward.")

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        attrs = {"list": f"list_{field.name}", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        found: dict[str, forms.Field] = {
            field.name: CleanText(required=False, max_length=LONGEST, widget=widget)
        }
        typed = line_of(data.get(field.name))
        candidates = _candidates(settings.PROVINCE_CODE, typed, asking)
        if candidates:
            found[f"{field.name}_pick"] = _pick(candidates)
        return found

    def suggestions(self, field: Field, asking: Asking) -> list[str]:
        """The communes of today, for the help while typing."""
        return [str(unit) for unit in units_of_province(settings.PROVINCE_CODE, asking.on)]

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> Any:
        typed = text_of(cleaned.get(field.name))
        if not typed:
            return None
        picked = str(cleaned.get(f"{field.name}_pick") or "")
        names = (field.name, f"{field.name}_pick")
        return _kept(_commune(settings.PROVINCE_CODE, typed, asking, picked, names), asking)

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        """A commune of today leads to itself by its name and code; one that ended does not."""
        return _is_of_today(settings.PROVINCE_CODE, value, asking)

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        # Two communes of one name differ by their code alone: both ways are sent.
        return {field.name: value["name"], f"{field.name}_pick": value["code"]}

    def words(self, field: Field, value: Any) -> str:
        return str(value["name"])


def _sentence(typed: str, error: UnitNameError) -> Any:
    if len(error.candidates) < 2:
        return str(error)
    sentence = _("Several communes were or are called “%(name)s”. Choose the one of today.")
    if isinstance(error, DividedUnitError):
        sentence = _(
            "The people of “%(name)s” belong to several communes today. Choose the one of today."
        )
    return sentence % {"name": typed[:60]}


class VillageKind(Kind):
    """A village or residential group of the commune that the option `of` names.

    The villages known to the portal are offered; another name is taken as it is written.
    """

    template = "forms/fields/village.html"
    settings = frozenset({"of"})
    missing = _("Write the village or residential group.")

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        attrs = {"list": f"list_{field.name}", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        return {field.name: CleanText(required=False, max_length=100, widget=widget)}

    def suggestions(self, field: Field, asking: Asking) -> list[str]:
        """The villages of the commune that was chosen."""
        unit = unit_of(asking.answers.get(field.option("of")))
        rows = Village.objects.filter(unit=unit) if unit else Village.objects.none()
        return list(rows.values_list("name", flat=True))

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> Any:
        typed = text_of(cleaned.get(field.name))
        if not typed:
            return None
        unit = unit_of(asking.answers.get(field.option("of")), asking.kept)
        known = VILLAGE.first(unit.pk, name_key(typed)) if unit else None
        if unit is None or known is None:
            return {"name": typed, "id": None}
        known.unit = unit
        asking.kept["village", known.pk] = known
        return {"name": known.name, "id": known.pk}

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        return {field.name: value["name"]}

    def words(self, field: Field, value: Any) -> str:
        return str(value["name"])


class AddressKind(Kind):
    """An address of the whole country: province, commune, and the rest as written.

    In the portal's own province the commune is one of today's; elsewhere it is checked against
    the units in force of that province.
    """

    template = "forms/fields/address.html"
    fixed = False
    parts = ("province", "commune", "detail", "pick")
    missing = _("Write the address.")

    def inputs(
        self, field: Field, asking: Asking, data: Mapping[str, Any]
    ) -> dict[str, forms.Field]:
        rows = Unit.objects.filter(in_force(asking.on), level=Level.PROVINCE)
        pairs = [("", "---"), *((unit.code, unit.name) for unit in rows)]
        attrs = {"list": f"list_{field.name}", "autocomplete": "off"}
        found: dict[str, forms.Field] = {
            f"{field.name}_province": forms.ChoiceField(
                required=False,
                label=_("Province or city"),
                choices=pairs,
                initial=settings.PROVINCE_CODE,
            ),
            f"{field.name}_commune": CleanText(
                required=False,
                max_length=LONGEST,
                label=_("Commune or ward"),
                widget=forms.TextInput(attrs=attrs),
            ),
            f"{field.name}_detail": CleanText(
                required=False,
                max_length=LONGEST,
                label=_("House number, street, village"),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            ),
        }
        typed = line_of(data.get(f"{field.name}_commune"))
        province = str(data.get(f"{field.name}_province") or "")
        known = province in {code for code, _name in pairs}
        candidates = _candidates(province if known else "", typed, asking)
        if candidates:
            found[f"{field.name}_pick"] = _pick(candidates)
        return found

    def suggestions(self, field: Field, asking: Asking) -> list[str]:
        """The communes of the own province, where most people live."""
        return [str(unit) for unit in units_of_province(settings.PROVINCE_CODE, asking.on)]

    def read(self, field: Field, cleaned: Mapping[str, Any], asking: Asking) -> Any:
        given = {
            part: text_of(cleaned.get(f"{field.name}_{part}"))
            for part in ("province", "commune", "detail")
        }
        if not given["commune"] and not given["detail"]:
            return None
        if not given["province"]:
            raise refuse(f"{field.name}_province", _("Choose the province or city."))
        if not given["commune"]:
            raise refuse(f"{field.name}_commune", _("Write the commune or ward."))
        picked = str(cleaned.get(f"{field.name}_pick") or "")
        names = (f"{field.name}_commune", f"{field.name}_pick")
        unit = _commune(given["province"], given["commune"], asking, picked, names)
        province = Unit.objects.filter(in_force(asking.on), code=given["province"]).first()
        return {
            "province": {"code": given["province"], "name": str(province or "")},
            "commune": _kept(unit, asking),
            "detail": given["detail"],
        }

    def stands(self, field: Field, value: Any, asking: Asking) -> bool:
        """As a commune does, with the name of its province and what was written beside it."""
        if not isinstance(value, Mapping) or set(value) != {"province", "commune", "detail"}:
            return False
        detail, province = value["detail"], value["province"]
        if not isinstance(detail, str) or len(detail) > LONGEST or line_of(detail) != detail:
            return False
        code = str(province.get("code")) if isinstance(province, Mapping) else ""
        whole = _index(code, asking).whole if code else None
        named = whole is not None and province == {"code": code, "name": str(whole)}
        return named and _is_of_today(code, value["commune"], asking)

    def post(self, field: Field, value: Any) -> dict[str, Any]:
        return {
            f"{field.name}_province": value["province"]["code"],
            f"{field.name}_commune": value["commune"]["name"],
            f"{field.name}_pick": value["commune"]["code"],
            f"{field.name}_detail": value["detail"],
        }

    def words(self, field: Field, value: Any) -> str:
        parts = (value["detail"], value["commune"]["name"], value["province"]["name"])
        return ", ".join(part for part in parts if part)
