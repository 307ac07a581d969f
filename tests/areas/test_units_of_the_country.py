"""What is known of the units of the country once they are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from portal.areas.models import UNKNOWN_START, AreaType, Level, Unit, UnitSuccession
from portal.areas.names import UnitIndex
from portal.areas.queries import in_force, successors_of, unit_on, units_of_province
from tests.areas.country import load_country

OLD = date(2025, 6, 30)
NEW = date(2025, 7, 1)
TODAY = date(2026, 11, 24)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded")]


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Fourteen thousand units, loaded once; every test here only reads."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_country()
        yield
        transaction.set_rollback(True)


def test_province_of_the_demo_on_both_maps() -> None:
    assert units_of_province("08", TODAY).count() == 124
    assert units_of_province("08", OLD).count() + units_of_province("02", OLD).count() == 330
    assert [unit.name for unit in units_of_province("08", TODAY)[:3]] == [
        "An Tường",
        "Bạch Đích",
        "Bạch Ngọc",
    ]
    assert Unit.objects.get(code="02215", valid_from=NEW).area_type == AreaType.URBAN
    assert Unit.objects.get(code="02545", valid_from=NEW).area_type == AreaType.RURAL


def test_every_commune_of_the_country_is_found_by_its_own_name() -> None:
    """With a dash in it too; a household of another province's portal writes no other name."""
    lost = []
    for province in Unit.objects.filter(in_force(TODAY), level=Level.PROVINCE):
        index = UnitIndex(province.code, TODAY)
        for unit in index.communes.values():
            found = {index.commune(text).pk for text in (str(unit), unit.name)}
            asked = [unit in index.namesakes(text) for text in (str(unit), unit.name)]
            if found != {unit.pk} or not all(asked):
                lost.append(f"{unit} ({unit.code})")
    assert lost == []


def test_one_code_names_two_places() -> None:
    then, now = unit_on("02296", OLD), unit_on("02296", NEW)
    assert (str(then), str(now)) == ("xã Thổ Bình", "xã Bình An")
    assert str(unit_on("15", OLD)) == "tỉnh Yên Bái"
    assert str(unit_on("15", NEW)) == "tỉnh Lào Cai"
    assert unit_on("070", TODAY) is None


def test_people_of_a_divided_unit_are_never_guessed() -> None:
    divided = Unit.objects.get(code="02494", valid_from=UNKNOWN_START)
    whole = Unit.objects.get(code="02296", valid_from=UNKNOWN_START)
    found = successors_of(divided, TODAY)
    assert found.divided
    assert {unit.code for unit in found.units} == {"02494", "02212"}
    assert not successors_of(whole, TODAY).divided
    assert successors_of(whole, OLD).units == (whole,)
    assert successors_of(found.units[0], OLD).units == ()


def test_change_of_kind_ends_a_row_and_begins_one_of_the_same_code() -> None:
    day = date(2026, 4, 30)
    before, after = unit_on("75", day - timedelta(days=1)), unit_on("75", day)
    old = Unit.objects.get(code="75", valid_from=UNKNOWN_START)
    assert (str(before), str(after)) == ("tỉnh Đồng Nai", "thành phố Đồng Nai")
    link = UnitSuccession.objects.get(old=before, new=after)
    assert (link.part, link.people) == ("whole", "all")
    assert successors_of(old, day).units == (after,)
    assert {unit_on("26116", on).area_type for on in (NEW, day)} == {"rural", "urban"}  # type: ignore[union-attr]
    assert units_of_province("75", NEW).count() == units_of_province("75", day).count() == 95
