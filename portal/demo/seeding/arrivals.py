"""A few forms that have arrived, so that the communes' inboxes are not empty; all invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
# The last digit of a citizen number is put in for each commune: nobody lives in two of them.
PEOPLE = (
    ("Nguyễn Văn Hòa", "male", "1979", "00807900041", "Nhà bị sạt lở, mất lúa vụ mùa."),
    ("Ma Thị Nhung", "female", "1985", "00818500052", "Chồng ốm dài ngày, không có người làm."),
    ("Lý Văn Páo", "male", "1968", "00806800073", "Nhà đông con, thiếu đất sản xuất."),
)
WORKERS = (("Nông Thị Hạnh", "female", "1995", "00819500064"),)
Answers = dict[str, Any]


@transaction.atomic
def seed_arrivals(today: date) -> None:
    """Some households and a worker in each commune of the demo's officers: all of them, or none."""
    if Submission.objects.exists():
        return
    for number, unit in enumerate(_communes(today)):
        for name, sex, birth, citizen, reason in PEOPLE:
            answers = _household(unit, name, sex, birth, f"{citizen}{number}", reason)
            _arrive(HOUSEHOLD, answers)
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


def _household(unit: Unit, name: str, sex: str, birth: str, citizen: str, reason: str) -> Answers:
    commune, village = _place(unit)
    return {
        "commune": commune,
        "village": village,
        "permanent_same": "yes",
        "members": [_head(name, sex, birth, citizen), _child()],
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
        "reason": reason,
    }


def _head(name: str, sex: str, birth: str, citizen: str) -> Answers:
    return {
        "id": "chuho1",
        "full_name": name,
        "relation": "head",
        "sex": sex,
        "birth": birth,
        "ethnicity": "tay",
        "citizen": citizen,
        "activity": "employed",
        "insurance": "yes",
        "internet": "no",
        "disabled": "no",
        "allowance": "no",
        "diploma": "lower_secondary",
        "job": "own_account",
    }


def _child() -> Answers:
    return {
        "id": "con001",
        "full_name": "Trần Minh Khôi",
        "relation": "child",
        "sex": "male",
        "birth": "2016-05",
        "ethnicity": "tay",
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
