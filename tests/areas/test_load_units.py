"""Loading the units of the country: totals, repetition, and files that are not right."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.areas.errors import UnitDataError
from portal.areas.models import AreaType, Unit
from portal.areas.services import DATA, load_units
from portal.areas.unit_files import read_folder
from tests.areas.country import load_country, settle

OLD = date(2025, 6, 30)
NEW = date(2025, 7, 1)
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
    first = load_country()
    unit = Unit.objects.get(code="02545", valid_from=NEW)
    Unit.objects.filter(pk=unit.pk).update(area_type=AreaType.URBAN, name="Sai")
    second = load_units()
    third = load_country()
    unit.refresh_from_db()
    assert first.created == first.units + first.successions + first.names
    assert (second.created, second.changed, second.removed) == (0, 1, 0)
    assert (third.created, third.changed, third.removed) == (0, 0, 0)
    assert (unit.name, unit.name_folded, unit.area_type) == ("Tân Trào", "tan trao", "urban")


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
    settle()


def test_a_missing_folder_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("load_units", str(tmp_path / "nowhere"), stderr=StringIO())
