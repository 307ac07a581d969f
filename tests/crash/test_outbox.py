"""A page and its outbox row: both or neither, wherever the process dies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.crash.conftest import Place
from tests.crash.operations import MARK, NAME

ARTICLE = {f"Bài {MARK}"}
BRANCH = {f"{name} {MARK}" for name in ("Nhánh", "Con", "Cháu")}
LIST = {f"Hộ nghèo {MARK}", f"{NAME} An", f"{NAME} Ân"}
BESIDE = {f"Nơi khác {MARK}"}
# On both databases: each way in which a change is committed; the others go one of these ways.
EFFECTS = [
    ("publish", set(), "/", {f"Bài mới {MARK}"}),
    pytest.param("rename", ARTICLE, "/", {f"Bài mới {MARK}"}, marks=pytest.mark.once),
    ("unpublish", ARTICLE, "/", set()),
    pytest.param(
        "readdress", BRANCH | BESIDE, "/gioi-thieu/nhanh-moi/", BRANCH, marks=pytest.mark.once
    ),
    ("move", BRANCH | BESIDE, "/noi-khac-thu-sap/nhanh-thu-sap/", BRANCH),
    ("delete", BRANCH | BESIDE, "/", BESIDE),
    ("publish_scheduled", set(), "/", ARTICLE),
    pytest.param("expire", ARTICLE, "/", set(), marks=pytest.mark.once),
    pytest.param("publish_list", set(), "/", LIST, marks=pytest.mark.once),
    ("withdraw_list", LIST, "/", set()),
    ("end_list", LIST, "/", set()),
]


@pytest.mark.parametrize(("operation", "before", "under", "after"), EFFECTS)
def test_a_killed_process_leaves_change_and_row_or_neither(
    place: Place, operation: str, before: set[str], under: str, after: set[str]
) -> None:
    """kill -9 before every write, before and behind every commit of the operation."""
    report = json.loads(place.run("-m", "tests.crash.outside", operation))
    old, new, kills = report["before"], report["after"], report["kills"]
    assert (_titles(old["found"], "/"), _titles(new["found"], under)) == (before, after)
    assert 0 < len([seen for seen in kills if seen["stored"] == old["stored"]]) < len(kills)
    assert [seen for seen in kills if _one_without_the_other(seen, old)] == []
    assert [seen for seen in kills if seen["found"] not in (old["found"], new["found"])] == []
    assert [seen for seen in kills if seen.get("again", new["found"]) != new["found"]] == []


def _titles(found: list[list[str]], under: str) -> set[str]:
    """What is found at an address that holds `under`."""
    return {title for _kind, _key, title, url in found if under in url}


def _one_without_the_other(seen: dict[str, Any], old: dict[str, Any]) -> bool:
    changed, told = seen["stored"] != old["stored"], bool(seen["waiting"])
    return told != changed or seen["found"] != seen["truth"]
