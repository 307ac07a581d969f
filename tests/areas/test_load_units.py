"""Loading the units of the country: totals, repetition, and files that are not right."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.areas.errors import UnitDataError
from portal.areas.models import UNKNOWN_START, AreaType, Unit, UnitSuccession
from portal.areas.queries import successors_of, unit_on, units_of_province
from portal.areas.services import DATA, load_units
from portal.areas.unit_files import read_folder

OLD = date(2025, 6, 30)
NEW = date(2025, 7, 1)
TODAY = date(2026, 11, 24)
Break = Callable[[str, str, str], Path]


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """A copy of the data in which one text of one file is replaced once."""

    def change(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "units"
        shutil.copytree(DATA, folder)
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


def test_totals_of_both_eras() -> None:
    units = read_folder(DATA).units.values()
    before = Counter(unit.level for unit in units if unit.valid_to == OLD)
    after = Counter(unit.level for unit in units if unit.valid_from == NEW)
    assert before == {"province": 63, "district": 696, "commune": 10035}
    assert after == {"province": 34, "commune": 3321}


@pytest.mark.django_db
def test_second_load_changes_nothing_and_keeps_local_decisions() -> None:
    first = load_units()
    unit = Unit.objects.get(code="02545", valid_from=NEW)
    Unit.objects.filter(pk=unit.pk).update(area_type=AreaType.URBAN, name="Sai")
    second = load_units()
    third = load_units()
    unit.refresh_from_db()
    assert first.created == first.units + first.successions + first.names
    assert (second.created, second.changed, second.removed) == (0, 1, 0)
    assert (third.created, third.changed, third.removed) == (0, 0, 0)
    assert (unit.name, unit.name_folded, unit.area_type) == ("Tân Trào", "tan trao", "urban")


@pytest.mark.django_db
def test_province_of_the_demo_on_both_maps() -> None:
    load_units()
    assert units_of_province("08", TODAY).count() == 124
    assert units_of_province("08", OLD).count() + units_of_province("02", OLD).count() == 330
    assert [unit.name for unit in units_of_province("08", TODAY)[:3]] == [
        "An Tường",
        "Bạch Đích",
        "Bạch Ngọc",
    ]
    assert Unit.objects.get(code="02215", valid_from=NEW).area_type == AreaType.URBAN
    assert Unit.objects.get(code="02545", valid_from=NEW).area_type == AreaType.RURAL


@pytest.mark.django_db
def test_one_code_names_two_places() -> None:
    load_units()
    then, now = unit_on("02296", OLD), unit_on("02296", NEW)
    assert (str(then), str(now)) == ("xã Thổ Bình", "xã Bình An")
    assert str(unit_on("15", OLD)) == "tỉnh Yên Bái"
    assert str(unit_on("15", NEW)) == "tỉnh Lào Cai"
    assert unit_on("070", TODAY) is None


@pytest.mark.django_db
def test_people_of_a_divided_unit_are_never_guessed() -> None:
    load_units()
    divided = Unit.objects.get(code="02494", valid_from=UNKNOWN_START)
    whole = Unit.objects.get(code="02296", valid_from=UNKNOWN_START)
    found = successors_of(divided, TODAY)
    assert found.divided
    assert {unit.code for unit in found.units} == {"02494", "02212"}
    assert not successors_of(whole, TODAY).divided
    assert successors_of(whole, OLD).units == (whole,)
    assert successors_of(found.units[0], OLD).units == ()


@pytest.mark.django_db
def test_change_of_kind_ends_a_row_and_begins_one_of_the_same_code() -> None:
    load_units()
    day = date(2026, 4, 30)
    before, after = unit_on("75", day - timedelta(days=1)), unit_on("75", day)
    old = Unit.objects.get(code="75", valid_from=UNKNOWN_START)
    assert (str(before), str(after)) == ("tỉnh Đồng Nai", "thành phố Đồng Nai")
    link = UnitSuccession.objects.get(old=before, new=after)
    assert (link.part, link.people) == ("whole", "all")
    assert successors_of(old, day).units == (after,)
    assert {unit_on("26116", on).area_type for on in (NEW, day)} == {"rural", "urban"}  # type: ignore[union-attr]
    assert units_of_province("75", NEW).count() == units_of_province("75", day).count() == 95


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("units-2025.csv", "04,Cao Bằng,tinh", "4,Cao Bằng,tinh", 3),
        ("units-2025.csv", "04,Cao Bằng,tinh", "04,Cao Bằng,bang", 3),
        ("units-2025.csv", "04,Cao Bằng", "01,Cao Bằng", 3),
        ("units-2025.csv", "04,Cao Bằng,", "04,", 3),
        ("units-2025.csv", "2025-07-01", "01/07/2025", 2),
        ("units-2025.csv", "code,name", "code,title", 1),
        ("successors.csv", "00001,00097", "00001,99999", 2),
        ("successors.csv", "00097,whole", "00097,half", 2),
        ("changes-after-2025.csv", "25270,xa", "25270,phuong", 2),
        ("other-names.csv", "00712", "00000", 2),
    ],
)
def test_a_broken_line_is_named(broken: Break, name: str, old: str, new: str, line: int) -> None:
    with pytest.raises(UnitDataError, match=rf"{re.escape(name)}, \D+ {line}:"):
        read_folder(broken(name, old, new))


def test_a_file_in_another_encoding_is_named(broken: Break) -> None:
    folder = broken("successors.csv", "00001", "00001")
    (folder / "successors.csv").write_text("old_code,new_code", encoding="utf-16")
    with pytest.raises(UnitDataError, match=r"successors\.csv.*UTF-8"):
        read_folder(folder)


@pytest.mark.django_db
def test_nothing_is_loaded_from_a_broken_folder(broken: Break) -> None:
    folder = broken("units-2025.csv", "02545,Tân Trào,xa", "02545,,xa")
    with pytest.raises(CommandError, match=r"units-2025\.csv"):
        call_command("load_units", str(folder), stdout=StringIO(), stderr=StringIO())
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_the_command_prints_its_result_alone() -> None:
    out, progress = StringIO(), StringIO()
    call_command("load_units", stdout=out, stderr=progress)
    assert out.getvalue().count("\n") == 1
    assert "14160" in out.getvalue().replace(".", "").replace(",", "")
    assert progress.getvalue()


def test_a_missing_folder_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("load_units", str(tmp_path / "nowhere"), stderr=StringIO())
