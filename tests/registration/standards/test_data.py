"""The files: what they say, that nothing unverified passes for law, and that they never change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from portal.registration import standards
from portal.registration.standards import codes, library
from portal.registration.standards.model import Standard
from portal.registration.standards.rules import RULES
from tests.registration.standards.households import NEW, NEXT, OLD

pytestmark = pytest.mark.once

# Stored results are explained by these files: a changed value is a new file with a new id.
CHECKSUMS: dict[str, str] = {
    "tables/vn-2022-illustrative-1.json": "61a3ef8ffd6f29be",
    "vn-2016.json": "9623b8c156a9aae2",
    "vn-2022.json": "17625ed7bc486986",
    "vn-2027.json": "13516a23777fcc5d",
    "words-1.json": "f7e697e9561e63a0",
}
FILES = sorted(library.DATA.rglob("*.json"))


def values(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a file."""
    if isinstance(node, dict):
        yield path, node
        for key, inner in node.items():
            yield from values(inner, f"{path}.{key}")
    elif isinstance(node, list):
        for position, inner in enumerate(node):
            yield from values(inner, f"{path}[{position}]")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_made_results_never_changes(path: Any) -> None:
    name = str(path.relative_to(library.DATA))
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] == CHECKSUMS[name]


def test_every_file_is_pinned() -> None:
    assert sorted(CHECKSUMS) == [str(path.relative_to(library.DATA)) for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_source_and_mark_stand_together(path: Any) -> None:
    for place, node in values(json.loads(path.read_text("utf-8"))):
        assert ("source" in node) == ("mark" in node), place
        assert node.get("mark", "V") in ("V", "V2", "R", "I", "M"), place
        assert node.get("source", "NĐ").strip(), place


@pytest.mark.parametrize("name", standards.all_ids())
def test_what_is_verified_names_a_legal_text(name: str) -> None:
    for place, node in values(json.loads((library.DATA / f"{name}.json").read_text("utf-8"))):
        if node.get("mark") == "V":
            assert node["source"].startswith(("NĐ ", "QĐ ", "TT ")), place


def test_the_three_standards() -> None:
    assert standards.all_ids() == ("vn-2016", "vn-2022", "vn-2027")
    periods = [(str(one.first), str(one.last)) for one in (OLD, NEW, NEXT)]
    assert periods == [
        ("2016-01-01", "2021-12-31"),
        ("2022-01-01", "2026-12-31"),
        ("2027-01-01", "2030-12-31"),
    ]
    assert [len(one.indicators) for one in (OLD, NEW, NEXT)] == [10, 12, 12]
    assert [len(one.services) for one in (OLD, NEW, NEXT)] == [0, 6, 6]
    assert standards.get("vn-2022") is NEW


def test_an_unknown_standard_names_the_known_ones() -> None:
    for name in ("vn-2021", "", "../vn-2022", "vn-2022-illustrative-1", "words-1"):
        with pytest.raises(standards.UnknownStandardError, match="vn-2016, vn-2022, vn-2027"):
            standards.get(name)


def lines(standard: Standard) -> dict[tuple[str, str], int]:
    return {(line.kind, line.area): line.amount for line in standard.lines}


def test_income_lines_in_dong_per_person_and_month() -> None:
    assert lines(NEW) == {
        ("poor", "rural"): 1_500_000,
        ("poor", "urban"): 2_000_000,
        ("average", "rural"): 2_250_000,
        ("average", "urban"): 3_000_000,
        ("low_income_worker", "rural"): 2_250_000,
        ("low_income_worker", "urban"): 3_000_000,
    }
    assert lines(NEXT) == {("poor", "rural"): 2_200_000, ("poor", "urban"): 2_800_000}
    assert lines(OLD)["policy", "rural"] == 700_000
    assert lines(OLD)["minimum", "urban"] == 1_300_000


def test_cut_offs_and_points() -> None:
    assert {area: (cut.b1_poor, cut.b1_max) for area, cut in NEW.cuts.items()} == {
        "rural": (None, 140),
        "urban": (None, 175),
    }
    assert {area: (cut.b1_poor, cut.b1_max) for area, cut in OLD.cuts.items()} == {
        "rural": (120, 150),
        "urban": (140, 175),
    }
    assert not NEXT.cuts
    assert NEXT.points is None
    assert [one.poor_from.value for one in (OLD, NEW, NEXT)] == [3, 3, 3]
    assert NEW.points is not None
    assert (NEW.points.value, NEW.points.ref.verified) == (10, True)
    assert OLD.points is not None
    assert (OLD.points.value, OLD.points.ref.verified) == (10, False)


def test_no_table_but_the_illustrative_one_which_says_so() -> None:
    assert OLD.table is None
    assert NEXT.table is None
    assert NEW.table is not None
    assert NEW.table.illustrative
    assert NEW.table.label.vi == "Bảng điểm minh họa, chưa phải bảng chính thức"
    assert not any(item.ref.verified for item in NEW.table.items)
    assert {item.type for item in NEW.table.items} == {"number", "one", "many"}


def test_2022_has_a_rule_and_a_definition_for_each_indicator() -> None:
    assert [one.code for one in NEW.indicators if one.code in RULES] == list(RULES_IN_ORDER)
    for one in NEW.indicators:
        assert one.ref.verified
        assert one.definition is not None
        assert one.definition_ref is not None
        assert not one.definition_ref.verified
        assert set(one.facts) <= {*codes.MEMBER_FACTS, *codes.HOUSE_FACTS, "members"}


RULES_IN_ORDER = (
    "employment",
    "dependants",
    "nutrition",
    "health_insurance",
    "adult_education",
    "child_attendance",
    "house_quality",
    "house_area",
    "water",
    "toilet",
    "telecom",
    "info_devices",
)


def test_services_of_indicators_exist() -> None:
    for standard in (NEW, NEXT):
        known = {service.code for service in standard.services}
        assert {one.service for one in standard.indicators} == known


def test_settings_are_not_verified() -> None:
    marks = {setting.code: setting.ref.mark for setting in NEW.settings.values()}
    assert set(marks.values()) == {"V2", "R", "I"}
    assert marks["sheet_roof_durable"] == marks["pension_age"] == marks["elderly_from"] == "R"
    assert marks["school_bands"] == marks["insurance_from"] == marks["durable"] == "R"


def test_doubts_are_everything_that_is_not_verified() -> None:
    doubts = {doubt.label.vi for doubt in NEW.doubts()}
    assert NEW.settings["sheet_roof_durable"].label.vi in doubts
    assert "Bảng điểm minh họa, chưa phải bảng chính thức" in doubts
    assert NEW.indicators[3].definition is not None
    assert NEW.indicators[3].definition.vi in doubts
    assert NEW.indicators[3].name.vi not in doubts
    assert {sign.label.vi for sign in NEW.signs} <= doubts
    assert not any(
        doubt.ref.verified for name in standards.all_ids() for doubt in standards.get(name).doubts()
    )
    assert [doubt.ref.mark for doubt in OLD.doubts()] == ["R", "R", "R"]


def test_a_standard_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        NEW.name = NEW.name  # type: ignore[misc]
    with pytest.raises(TypeError):
        NEW.cuts["rural"] = NEW.cuts["urban"]  # type: ignore[index]
    with pytest.raises(TypeError):
        NEW.settings["pension_age"].value["male"]["2026"] = (99, 0)
    with pytest.raises(TypeError):
        NEW.words["facts"]["age"] = {}  # type: ignore[index]
    assert NEW.table is not None
    with pytest.raises(TypeError):
        NEW.table.items[0].options[0].points["rural"] = 999  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        NEW.table.items[0].code = "x"  # type: ignore[misc]


def test_every_answer_has_words_in_both_languages() -> None:
    facts = NEW.words["facts"]
    for fact, known in {**codes.MEMBER_CHOICES, **codes.HOUSE_CHOICES}.items():
        assert set(known) - {"unknown"} <= set(facts[fact]), fact
        assert "?" in facts[fact]
    assert set(codes.DEVICES) < set(facts["devices"])
    for fact in codes.MEMBER_FLAGS:
        assert {"true", "false", "?"} == set(facts[fact])
    for place, node in values(json.loads((library.DATA / "words-1.json").read_text("utf-8"))):
        if "vi" in node:
            assert set(node) == {"vi", "en"}, place
            assert node["vi"] != node["en"] or node["vi"] in ("radio",), place


def test_the_pension_age_rises_by_quarters_for_men_and_thirds_for_women() -> None:
    table = NEW.settings["pension_age"].value
    men = [years * 12 + months for years, months in table["male"].values()]
    women = [years * 12 + months for years, months in table["female"].values()]
    assert list(table["male"]) == list(table["female"]) == [str(year) for year in range(2022, 2031)]
    assert men[:7] == list(range(726, 745, 3))
    assert set(men[6:]) == {744}
    assert women == list(range(668, 701, 4))
