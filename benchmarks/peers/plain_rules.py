"""The rules of 2022–2026 as somebody writes them down in an afternoon: dicts and loops.

Every fact has to be there: nothing is undecided, no interval, no evidence, one standard.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "portal/registration/standards/data"
CLEAN_WATER = ("piped", "drilled_well", "protected_dug_well", "protected_spring", "rain", "bottled")
TOILETS = (
    *("septic_or_semi_septic", "pour_flush", "ventilated_improved_pit"),
    *("pit_with_seat", "two_vault"),
)
DURABLE = {
    "wall": ("concrete", "brick_stone", "solid_wood_metal"),
    "column": ("concrete", "brick_stone", "solid_wood_metal"),
    "roof": ("concrete", "tile"),
}
LOWER = ("lower_secondary",)
UPPER = ("upper_secondary", "vocational", "college", "university", "employer_training")
LEVELS = (
    *("preschool", "primary", "lower_secondary", "upper_secondary"),
    *("vocational", "higher"),
)
MEN, WOMEN = 61 * 12 + 6, 57 * 12
KEYS = tuple(str(number) for number in range(1, 13))

Answers = dict[str, Any]


def rules() -> Answers:
    """Cut-offs and the table of points, as the files have them."""
    standard = json.loads((DATA / "vn-2022.json").read_text("utf-8"))
    table = json.loads((DATA / "tables" / f"{standard['table']}.json").read_text("utf-8"))
    return {
        "cuts": {cut["area"]: cut["b1_max"] for cut in standard["cuts"]},
        "points": standard["deprivation"]["points"]["value"],
        "poor_from": standard["deprivation"]["poor_from"]["value"],
        "table": table,
        "items": {item["code"]: item for item in table["items"]},
    }


def of_reduced(known: Answers, area: str, answers: Answers) -> Answers:
    """The class of points and indicators that are known already."""
    return _result(known, area, answers["b1"], answers["indicators"])


def of_facts(known: Answers, area: str, answers: Answers) -> Answers:
    """The class of a household of which every fact is known."""
    ages = [_months(member["birth"], answers["on"]) for member in answers["members"]]
    indicators = _of_members(answers["members"], ages) | _of_house(answers)
    return _result(known, area, _b1(known, area, answers, ages), indicators)


def _result(known: Answers, area: str, b1: int, indicators: dict[str, bool]) -> Answers:
    lacking = 0
    for key in KEYS:
        if indicators[key]:
            lacking += 1
    if b1 > known["cuts"][area]:
        found = "neither"
    else:
        found = "poor" if lacking >= known["poor_from"] else "near_poor"
    return {"class": found, "b1": b1, "b2": lacking * known["points"], "indicators": indicators}


def _months(birth: str, on: str) -> int:
    year, month, day = map(int, birth.split("-"))
    this_year, this_month, today = map(int, on.split("-"))
    return (this_year - year) * 12 + this_month - month - (today < day)


def _of_members(members: list[Answers], ages: list[int]) -> dict[str, bool]:
    found = dict.fromkeys(("1", "3", "4", "5", "6"), False)
    dependants, online = 0, False
    for member, months in zip(members, ages, strict=True):
        years = months // 12
        found["1"] |= _without_job(member, months)
        found["3"] |= years < 16 and member["growth"] in ("short", "light")
        found["4"] |= years >= 6 and member["insurance"] == "no"
        found["5"] |= _uneducated(member, years)
        found["6"] |= _out_of_school(member, years)
        dependants += _dependant(member, years)
        online = online or member["internet"] == "yes"
    return {**found, "2": dependants * 2 > len(members), "11": not online}


def _without_job(member: Answers, months: int) -> bool:
    if not 16 * 12 <= months < (MEN if member["sex"] == "male" else WOMEN):
        return False
    if member["activity"] == "employed":
        return bool(member["position"] == "wage" and member["contract"] == "no")
    return bool(member["activity"] == "jobless")


def _dependant(member: Answers, years: int) -> bool:
    return years < 16 or bool((years >= 60 or member["disabled"]) and member["allowance"])


def _uneducated(member: Answers, years: int) -> bool:
    if not 16 <= years < 31 or member["studying"] != "none":
        return False
    return member["diploma"] not in (LOWER + UPPER if years < 18 else UPPER)


def _out_of_school(member: Answers, years: int) -> bool:
    if not 3 <= years < 16:
        return False
    least = 0 if years < 6 else 1 if years < 12 else 2
    return member["studying"] not in LEVELS[least:]


def _durable_parts(house: Answers) -> int:
    count = 0
    for part, materials in DURABLE.items():
        if house[part] in materials:
            count += 1
    return count


def _of_house(answers: Answers) -> dict[str, bool]:
    house, count = answers["house"], len(answers["members"])
    return {
        "7": _durable_parts(house) <= 1,
        "8": house["area_m2"] / count < 8,
        "9": house["water"] not in CLEAN_WATER,
        "10": house["toilet"] not in TOILETS,
        "12": not house["devices"],
    }


def _b1(known: Answers, area: str, answers: Answers, ages: list[int]) -> int:
    items, house, given = known["items"], answers["house"], answers["b1"]
    total = 0
    if _has_worker(known["table"], answers["members"], ages):
        total += _band(items["household_size"], len(ages), area)
    total += _band(items["area_per_person"], house["area_m2"] / len(ages), area)
    total += _band(items["house_structure"], _durable_parts(house), area)
    first = known["table"]["diploma_from"]
    total += _best_diploma(items["highest_diploma"], answers["members"], ages, first, area)
    total += _of_value(items["water_source"], house["water"], area)
    total += _of_value(items["toilet_type"], house["toilet"], area)
    total += _band(items["electricity"], given["electricity"], area)
    for code in ("assets", "land", "livestock"):
        for option in items[code]["options"]:
            if option["code"] in given[code]:
                total += option["points"][area]
    return total


def _has_worker(table: Answers, members: list[Answers], ages: list[int]) -> bool:
    for member, months in zip(members, ages, strict=True):
        able = member["activity"] != "unable"
        if able and table["worker_from"] <= months // 12 <= table["worker_to"]:
            return True
    return False


def _band(item: Answers, number: float, area: str) -> int:
    points = 0
    for option in item["options"]:
        if number >= option["from"]:
            points = option["points"][area]
    return points


def _of_value(item: Answers, value: str, area: str) -> int:
    for option in item["options"]:
        if value in option["values"]:
            return int(option["points"][area])
    return 0


def _best_diploma(
    item: Answers, members: list[Answers], ages: list[int], first: int, area: str
) -> int:
    held = []
    for member, months in zip(members, ages, strict=True):
        held.append(member["diploma"] if months // 12 >= first else "none")
    for option in item["options"]:
        for diploma in held:
            if diploma in option["values"]:
                return int(option["points"][area])
    return 0
