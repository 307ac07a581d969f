"""The sample's file with something spoilt in it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from tests.forms.samples import RAW

Change = Callable[[dict[str, Any]], Any]
WHERE, VILLAGE, MEMBERS, HOUSE, COUPLE = range(5)


def step(raw: dict[str, Any], number: int) -> Any:
    return raw["steps"][number]


def field(raw: dict[str, Any], number: int, place: int = 0) -> Any:
    return raw["steps"][number]["fields"][place]


def member(raw: dict[str, Any], page: int = 0) -> Any:
    return raw["steps"][MEMBERS]["pages"][page]


def look(name: str, value: str = "x") -> dict[str, str]:
    return {"field": name, "is": value}


def changed(change: Change) -> dict[str, Any]:
    raw = copy.deepcopy(RAW)
    change(raw)
    return raw
