"""A few forms that have arrived, so that the communes' inboxes are not empty; all invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from portal.areas.models import Unit, Village
from portal.areas.queries import unit_on
from portal.demo.places import places_here
from portal.demo.seeding.people import ACCOUNTS
from portal.forms import registry, services
from portal.forms.kinds.places import commune_value
from portal.forms.models import Filler, Submission
from portal.forms.walk import Walk

HOUSEHOLD, WORKER = "household", "worker"


@dataclass(frozen=True, slots=True)
class Household:
    """A head of household with one child, of one people."""

    name: str
    sex: str
    birth: str
    citizen: str
    ethnicity: str
    child: str
    reason: str


# The last digit of a citizen number is put in for each commune: nobody lives in two of them.
HOUSEHOLDS = (
    Household(
        "Nguyễn Văn Hòa",
        "male",
        "1979",
        "00807900041",
        "tay",
        "Nguyễn Minh Khôi",
        "Nhà bị sạt lở, mất lúa vụ mùa.",
    ),
    Household(
        "Ma Thị Nhung",
        "female",
        "1985",
        "00818500052",
        "tay",
        "Hoàng Minh Khôi",
        "Ốm dài ngày, một mình nuôi con, không có người làm.",
    ),
    Household(
        "Lý Văn Páo",
        "male",
        "1968",
        "00806800073",
        "hmong",
        "Lý A Khôi",
        "Thiếu đất sản xuất, ngô mất mùa.",
    ),
)
WORKERS = (("Nông Thị Hạnh", "female", "1995", "00819500064"),)
Answers = dict[str, Any]


@transaction.atomic
def seed_arrivals(today: date) -> None:
    """Some households and a worker in each commune of the demo's officers: all of them, or none."""
    if Submission.objects.exists():
        return
    for number, unit in enumerate(_communes(today)):
        for household in HOUSEHOLDS:
            _arrive(HOUSEHOLD, _household(unit, household, number))
        for name, sex, birth, citizen in WORKERS:
            _arrive(WORKER, _worker(unit, name, sex, birth, f"{citizen}{number}"))


def _communes(today: date) -> Iterator[Unit]:
    codes = {places_here(today).told(one.commune) for one in ACCOUNTS if one.commune}
    found = (unit_on(code, today) for code in sorted(codes))
    return (unit for unit in found if unit is not None)


def _arrive(form_id: str, answers: Mapping[str, Any]) -> None:
    """As if somebody had saved every page, then sent: all of it is validated again."""
    form = registry.get(form_id)
    draft = services.start_draft(form, filler=Filler.SELF)
    walk = Walk(form.current, answers, {}, services.reference_day(form))
    draft.answers = dict(answers)
    draft.pages = {spot.key: 1 for spot in walk.spots}
    draft.save(update_fields=["answers", "pages"])
    services.submit(draft.key)


def _place(unit: Unit) -> tuple[dict[str, str], dict[str, Any]]:
    village = Village.objects.filter(unit=unit).first()
    name = village.name if village else "Thôn 1"
    return commune_value(unit), {"name": name, "id": village.pk if village else None}


def _household(unit: Unit, household: Household, number: int) -> Answers:
    commune, village = _place(unit)
    return {
        "commune": commune,
        "village": village,
        "permanent_same": "yes",
        "members": [_head(household, number), _child(household)],
        "wall": "earth_lime_straw",
        "column": "poor_wood_bamboo",
        "roof": "sheet",
        "area_m2": 48,
        "water": "protected_spring",
        "toilet": "other",
        "devices": ["telephone"],
        "electricity": 40,
        "assets": ["motorbike"],
        "land": [],
        "livestock": ["cattle"],
        "signs": [],
        "request": "poverty",
        "reason": household.reason,
    }


def _head(household: Household, number: int) -> Answers:
    return {
        "id": "chuho1",
        "full_name": household.name,
        "relation": "head",
        "sex": household.sex,
        "birth": household.birth,
        "ethnicity": household.ethnicity,
        "citizen": f"{household.citizen}{number}",
        "activity": "employed",
        "insurance": "yes",
        "internet": "no",
        "disabled": "no",
        "allowance": "no",
        "diploma": "lower_secondary",
        "job": "own_account",
    }


def _child(household: Household) -> Answers:
    return {
        "id": "con001",
        "full_name": household.child,
        "relation": "child",
        "sex": "male",
        "birth": "2016-05",
        "ethnicity": household.ethnicity,
        "activity": "studying",
        "insurance": "yes",
        "internet": "no",
        "disabled": "no",
        "allowance": "no",
        "growth": "no",
        "studying": "primary",
    }


def _worker(unit: Unit, name: str, sex: str, birth: str, citizen: str) -> Answers:
    commune, village = _place(unit)
    return {
        "full_name": name,
        "birth_date": f"{birth}-06-15",
        "sex": sex,
        "id_number": citizen,
        "residence": "registered",
        "present_commune": commune,
        "present_village": village,
        "priority_groups": [],
        "general_education": "upper_secondary",
        "technical_qualification": "untrained",
        "economic_activity": "unemployed",
        "unemployed_history": "worked_before",
        "unemployment_duration": "lt_3m",
    }
