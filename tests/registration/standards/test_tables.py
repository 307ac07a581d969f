"""Reading a table of points: the layout of the illustrative file, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.registration import standards
from portal.registration.standards import TableError, library, load_table, score
from tests.registration.standards.households import NEW, OLD, household

pytestmark = pytest.mark.once

SHIPPED = library.DATA / "tables" / "vn-2022-illustrative-1.json"
Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    found: Document = json.loads(SHIPPED.read_text("utf-8"))
    return found


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Any], standards.Table]:
    def write(document: Any) -> standards.Table:
        path = tmp_path / "bang-diem.json"
        path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        return load_table(path)

    return write


def item(document: Document, code: str) -> Document:
    return next(one for one in document["items"] if one["code"] == code)


def test_the_shipped_file_is_the_layout(load: Any, document: Document) -> None:
    assert load(document) == NEW.table


def test_an_official_table_takes_the_place_of_the_illustrative_one(
    load: Any, document: Document
) -> None:
    document |= {"id": "vn-2022-official", "illustrative": False, "mark": "V"}
    item(document, "household_size")["options"][0]["points"]["rural"] = 1000
    official = NEW.with_table(load(document))
    result = score(official, "rural", household())
    assert result.illustrative is False
    assert result.classification == "neither"
    assert NEW.table is not None
    assert NEW.table.illustrative


def test_a_table_of_another_standard_is_refused(load: Any, document: Document) -> None:
    document["standard"] = "vn-2016"
    with pytest.raises(TableError, match="vn-2016"):
        NEW.with_table(load(document))
    assert OLD.with_table(load(document)).table is not None


def put(*path: str, value: Any) -> Callable[[Document], None]:
    """Set a value: item code, option code, key."""

    def change(document: Document) -> None:
        node = document
        for name in path[:-1]:
            node = next(
                one
                for one in node["items" if node is document else "options"]
                if one["code"] == name
            )
        node[path[-1]] = value

    return change


FAULTS = [
    (put("id", value=""), "id: "),
    (put("illustrative", value="yes"), "illustrative: "),
    (put("mark", value="X"), "mark: "),
    (put("source", value=None), "source: "),
    (put("label", value="Bảng"), "label: "),
    (put("label", value={"vi": "Bảng"}), "label.en: "),
    (put("worker_from", value=-1), "worker_from: "),
    (put("items", value={}), "items: "),
    (put("items", value=[]), "items: "),
    (put("items", value=["assets"]), "items[1]: "),
    (put("itmes", value=[]), "itmes: "),
    (put("assets", "type", value="several"), "items[assets].type: "),
    (put("assets", "colour", value="red"), "items[assets].colour: "),
    (put("assets", "options", value=[]), "items[assets].options: "),
    (put("household_size", "type", value="one"), "items[household_size].type: "),
    (put("household_size", "derived", value="moon"), "items[household_size].derived: "),
    (put("household_size", "not_scored_if", value="rain"), "items[household_size].not_scored_if: "),
    (put("assets", "car", "points", value=None), "items[assets].options[car].points: "),
    (
        put("assets", "car", "points", value={"rural": 5}),
        "items[assets].options[car].points.urban: ",
    ),
    (
        put("assets", "car", "points", value={"rural": "5", "urban": 5}),
        "items[assets].options[car].points.rural: ",
    ),
    (
        put("assets", "car", "points", value={"rural": True, "urban": 5}),
        "items[assets].options[car].points.rural: ",
    ),
    (
        put("assets", "car", "points", value={"rural": -5, "urban": 5}),
        "items[assets].options[car].points.rural: ",
    ),
    (
        put("assets", "car", "points", value={"rural": 5, "urban": 5, "coast": 1}),
        "items[assets].options[car].points.coast: ",
    ),
    (
        put("assets", "car", "label", value={"vi": " ", "en": "Car"}),
        "items[assets].options[car].label.vi: ",
    ),
    (put("assets", "car", "from", value=3), "items[assets].options[car].from: "),
    (put("assets", "car", "code", value="fridge"), "items[assets].options: "),
    (put("assets", "car", "code", value="not_scored"), "items[assets].options[not_scored].code: "),
    (
        put("electricity", "25_to_49", "from", value="25"),
        "items[electricity].options[25_to_49].from: ",
    ),
    (put("electricity", "25_to_49", "from", value=50), "items[electricity].options: "),
    (put("electricity", "under_25", "from", value=5), "items[electricity].options: "),
    (put("highest_diploma", "lower", "values", value=["none"]), "items[highest_diploma].options: "),
    (
        put("highest_diploma", "lower", "values", value=["phd"]),
        "items[highest_diploma].options[lower].values: ",
    ),
    (
        put("highest_diploma", "lower", "values", value="none"),
        "items[highest_diploma].options[lower].values: ",
    ),
    (put("water_source", "code", value="toilet_type"), "items: "),
]


@pytest.mark.parametrize(("change", "place"), FAULTS, ids=[place for _change, place in FAULTS])
def test_a_fault_is_named_with_item_and_option(
    load: Any, document: Document, change: Callable[[Document], None], place: str
) -> None:
    change(document)
    with pytest.raises(TableError) as refused:
        load(document)
    assert str(refused.value).startswith(place)
    assert refused.value.place == place.removesuffix(": ")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'"text"'])
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bang.json"
    path.write_bytes(content)
    with pytest.raises(TableError):
        load_table(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"bang\.json"):
        load_table(tmp_path / "bang.json")
