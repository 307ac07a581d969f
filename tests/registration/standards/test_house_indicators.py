"""Indicators of the house, of internet and of devices: the tables of `indicator-facts.md`."""

from __future__ import annotations

import pytest

from portal.registration.standards import score
from tests.registration.standards.households import changed, house, household, member, state

pytestmark = pytest.mark.once

YES, NO, OPEN = "deprived", "not_deprived", "undecided"


@pytest.mark.parametrize(
    ("wall", "column", "roof", "expected"),
    [
        (None, None, "leaf_straw_paper", OPEN),
        ("earth_lime_straw", None, "leaf_straw_paper", YES),
        ("concrete", None, "tile", NO),
        ("concrete", None, "sheet", OPEN),
        (None, None, None, OPEN),
        ("concrete", "concrete", "other", NO),
        ("other", "other", "concrete", YES),
        ("brick_stone", "poor_wood_bamboo", "sheet", YES),
        ("solid_wood_metal", "solid_wood_metal", "sheet", NO),
        ("plaited_board", "brick_stone", "tile", NO),
    ],
)
def test_house_quality(
    wall: str | None, column: str | None, roof: str | None, expected: str
) -> None:
    answers = household(house=house(wall=wall, column=column, roof=roof))
    assert state(7, answers) == expected


def test_sheet_roofing_is_a_setting() -> None:
    answers = household(house=house(wall="earth_lime_straw", roof="sheet"))
    durable = changed("sheet_roof_durable", value=True)
    assert state(7, answers) == YES
    assert score(durable, "rural", answers).indicators[6] == NO


@pytest.mark.parametrize(
    ("area", "members", "expected"),
    [
        (40.0, 5, NO),
        (40, 5, NO),
        (39.99, 5, YES),
        (39, 5, YES),
        (0, 1, YES),
        (8, 1, NO),
        (7.999, 1, YES),
        (None, 1, OPEN),
    ],
)
def test_house_area(area: float | None, members: int, expected: str) -> None:
    answers = household(*[member()] * members, house=house(area_m2=area))
    assert state(8, answers) == expected


def test_house_area_of_unknown_members_is_open() -> None:
    assert state(8, {"house": house()}) == OPEN


# 9 to 12


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("piped", NO),
        ("drilled_well", NO),
        ("protected_dug_well", NO),
        ("protected_spring", NO),
        ("rain", NO),
        ("bottled", NO),
        ("other", YES),
        (None, OPEN),
    ],
)
def test_water(source: str | None, expected: str) -> None:
    assert state(9, household(house=house(water=source))) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("septic_or_semi_septic", NO),
        ("pour_flush", NO),
        ("ventilated_improved_pit", NO),
        ("pit_with_seat", NO),
        ("two_vault", NO),
        ("other", YES),
        ("none", YES),
        (None, OPEN),
    ],
)
def test_toilet(kind: str | None, expected: str) -> None:
    assert state(10, household(house=house(toilet=kind))) == expected


@pytest.mark.parametrize(
    ("internet", "expected"),
    [
        (("no", "no"), YES),
        (("no", "yes"), NO),
        (("unknown", "yes"), NO),
        (("no", "unknown"), OPEN),
        (("no", None), OPEN),
        ((None, None), OPEN),
    ],
)
def test_telecom(internet: tuple[str | None, ...], expected: str) -> None:
    assert state(11, household(*[member(internet=one) for one in internet])) == expected


@pytest.mark.parametrize(
    ("devices", "expected"),
    [([], YES), (["radio"], NO), (["smartphone", "tv"], NO), (None, OPEN)],
)
def test_info_devices(devices: list[str] | None, expected: str) -> None:
    assert state(12, household(house=house(devices=devices))) == expected
