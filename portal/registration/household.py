"""From the answers of a declaration to the facts that a standard scores: nothing is asked twice.

The form asks facts (indicator-facts); "không biết" and what is not answered yet is a missing fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.areas.models import Unit, Village
from portal.forms.kinds.places import unit_of
from portal.registration.standards import Area

UNKNOWN = "unknown"
HOUSE = ("wall", "column", "roof", "area_m2", "water", "toilet", "devices")
POINTS = ("electricity", "assets", "land", "livestock")
PLAIN = ("birth", "relation", "sex", "ethnicity", "activity", "insurance", "internet", "growth")
SCHOOL = ("studying", "diploma")
FLAGS = ("disabled", "allowance")
# One question holds whom somebody works for and whether there is a contract.
JOBS = {"wage_yes": "yes", "wage_no": "no", "wage_unknown": UNKNOWN}
# Facts in which "unknown" is a code of its own; elsewhere it is a missing key.
OWN_UNKNOWN = frozenset({"insurance", "internet", "growth", "contract"})
HEAD = "head"

Answers = Mapping[str, Any]


def facts(answers: Answers, on: date, *, members_complete: bool = True) -> dict[str, Any]:
    """The input of `score()`. Members count only once the list is said to be complete."""
    found: dict[str, Any] = {
        "on": on.isoformat(),
        "house": _known(answers, HOUSE),
        "b1": {name: answers[name] for name in POINTS if answers.get(name) is not None},
    }
    if members_complete and answers.get("members"):
        found["members"] = [_member(member, found["on"]) for member in answers["members"]]
    return found


def area_of(answers: Answers) -> Area | None:
    """Rural or urban: the village's own type, else the commune's (NĐ 07/2021/NĐ-CP, Art. 3)."""
    unit = unit_of(answers.get("commune"))
    if unit is None:
        return None
    key = (answers.get("village") or {}).get("id")
    village = Village.objects.filter(pk=key, unit=unit).first() if key else None
    return area_in(unit, village)


def head(answers: Answers) -> Mapping[str, Any]:
    """The head of the household among the members; an empty mapping before anybody is entered."""
    members = answers.get("members") or [{}]
    found: Mapping[str, Any] = next(
        (one for one in members if one.get("relation") == HEAD), members[0]
    )
    return found


def area_in(unit: Unit, village: Village | None) -> Area:
    """The same where unit and village have been read already."""
    kind = village.effective_area_type if village else unit.area_type
    return "urban" if kind == "urban" else "rural"


def _member(answers: Answers, on: str) -> dict[str, Any]:
    """Who was born after the reference day counts as born on it: a member, and a baby."""
    found = _known(answers, (*PLAIN, *SCHOOL))
    if (birth := found.get("birth")) and birth > on[: len(birth)]:
        found["birth"] = on
    found |= {name: answers[name] == "yes" for name in FLAGS if answers.get(name)}
    job = answers.get("job")
    if job and answers.get("activity") == "employed":
        found["position"] = "wage" if job in JOBS else job
        if job in JOBS:
            found["contract"] = JOBS[job]
    return found


def _known(answers: Answers, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: value
        for name in names
        if (value := answers.get(name)) is not None and (value != UNKNOWN or name in OWN_UNKNOWN)
    }
