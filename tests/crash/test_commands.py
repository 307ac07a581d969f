"""The other commands, killed with kill -9 at half of what they write, then started again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portal.jobs import clock
from tests.crash.conftest import Place, Places
from tests.demo.units import write_province

HEADINGS = ("Họ và tên chủ hộ", "Thôn", "Xã", "Diện")
COUNT = 300
ARTICLES = 20
DEMO_DEATHS = (
    'UPDATE "areas_user"',
    'INSERT INTO "news_officialdocumentpage"',
    'UPDATE "registration_publishedlist"',
)
NOTHING_AMISS = "missing 0, stale 0, left behind 0"


@pytest.fixture
def workbook(tmp_path: Path) -> str:
    """Three hundred households of one commune."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for _household in range(COUNT):
        sheet.append(("Nguyễn Văn An", "Thôn Bòng", "Tân Trào", "Hộ nghèo"))
    path = tmp_path / "danh-sach.xlsx"
    book.save(path)
    return str(path)


@pytest.fixture
def planted(place: Place) -> Place:
    """A portal with a tree of pages, nothing indexed yet."""
    place.run("-m", "tests.crash.inventory", "--plant")
    return place


def _command(name: str, workbook: str) -> tuple[str, ...]:
    """The arguments of a command."""
    shown = ("--list", "ho-ngheo", "--create", "Hộ nghèo", "--publish")
    return {"import_list": (name, workbook, *shown), "worker": (name, "--once")}.get(name, (name,))


def _resumed(whole: Place, broken: Place, *command: str) -> None:
    """The command undisturbed here, killed at half and started again there."""
    points = whole.count(*command)
    broken.kill(points // 2, *command)
    broken.run("manage.py", *command)


def _a_day_later(place: Place, *words: str) -> dict[str, Any]:
    """What a killed worker held is free again, and what is done each night was done."""
    return place.stock(*words, PORTAL_CLOCK=str(clock.today() + timedelta(days=1)))


@pytest.mark.parametrize(
    "name", ["import_list", "worker", pytest.param("search_rebuild", marks=pytest.mark.once)]
)
def test_a_command_killed_half_way_ends_as_an_undisturbed_one(
    places: Places, planted: Place, workbook: str, name: str
) -> None:
    broken = places(planted.database)
    _resumed(planted, broken, *_command(name, workbook))
    words = ("ngày mùa", "nguyen van an")
    stock = _a_day_later(broken, *words)
    assert len(stock["found"]["ngày mùa"]) == ARTICLES
    assert stock == _a_day_later(planted, *words)


@pytest.mark.once
def test_units_killed_half_way_and_loaded_again(places: Places, migrated: str) -> None:
    whole, broken = places(migrated), places(migrated)
    _resumed(whole, broken, "load_units")
    stock = _a_day_later(broken)
    assert stock["rows"]["areas.Unit"] > 10_000
    assert stock == _a_day_later(whole)


@pytest.mark.once
@pytest.mark.timeout(600)  # eighty seconds alone, twice that where others work
def test_the_demo_killed_again_and_again_is_whole_in_the_end(
    places: Places, migrated: str, tmp_path: Path
) -> None:
    """Each run dies a step later: between an account and its password, a file and its page, a
    list and its rows."""
    write_province(tmp_path / "units", "08")
    whole = places(migrated)
    whole.run("manage.py", "load_units", str(tmp_path / "units"))
    broken = places(whole.database)
    points = whole.count("seed_demo")
    for at in (*DEMO_DEATHS[:2], points // 4, DEMO_DEATHS[2]):
        broken.kill(at, "seed_demo")
    broken.run("manage.py", "seed_demo")
    assert _a_day_later(broken) == _a_day_later(whole)


def test_a_sweep_while_new_pages_still_wait_for_the_worker(planted: Place) -> None:
    """They have their rows but no place in the index yet: the sweep has nothing to say."""
    assert planted.run("manage.py", "search_sweep").strip().endswith(NOTHING_AMISS)
