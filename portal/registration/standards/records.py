"""What is kept of a score beside the answers: everything `explain()` needs, as plain JSON.

The points are copied, so that no later table can change an old result; wordings come from the
frozen standard and table that the record names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from portal.registration.standards import evidence
from portal.registration.standards.codes import Area
from portal.registration.standards.facts import Facts
from portal.registration.standards.model import Standard
from portal.registration.standards.points import Outcome
from portal.registration.standards.scoring import (
    Compiled,
    Result,
    compiled,
    conclude,
    facts_of,
    outcomes_of,
    states_of,
)

LAYOUT = 1
Record = Mapping[str, Any]


def record(standard: Standard, area: Area, answers: Mapping[str, Any]) -> dict[str, Any]:
    """A household's result with what it rests on.

    `items`: code → [options chosen or None, points at least, at most, evidence]; `evidence`: one
    list per indicator, none at all when the indicators were stated.
    """
    form = compiled(standard, area)
    facts = facts_of(form, answers)
    b1 = answers.get("b1")
    outcomes = outcomes_of(form, b1, facts)
    result = conclude(form, states_of(form, answers, facts), b1, outcomes)
    return {
        "record": LAYOUT,
        "table": None if standard.table is None else standard.table.id,
        "on": answers.get("on"),
        "b1_stated": isinstance(b1, int),
        "items": {} if outcomes is None else _items(standard, form, b1 or {}, outcomes, facts),
        "evidence": _evidence(standard, result, facts),
        "possible": list(result.possible),
        **result.as_json(),
    }


def is_record(value: Mapping[str, Any]) -> bool:
    """Whether this is a stored result rather than answers."""
    return "record" in value


def result_of(stored: Record) -> Result:
    """The result as it was stored; nothing is computed anew."""
    b1, b2 = stored["b1"], stored["b2"]
    return Result(
        standard=stored["standard"],
        area=cast("Area", stored["area"]),
        classification=stored["class"],
        b1=None if b1 is None else (b1[0], b1[1]),
        b2=None if b2 is None else (b2[0], b2[1]),
        indicators=tuple(stored["indicators"].values()),
        illustrative=stored["illustrative"],
        reason=stored["reason"],
        possible=tuple(stored["possible"]),
    )


def _items(
    standard: Standard,
    form: Compiled,
    b1: Mapping[str, Any],
    outcomes: list[Outcome],
    facts: Facts | None,
) -> dict[str, tuple[Any, ...]]:
    if standard.table is None or form.items is None:
        return {}
    return {
        item.code: (*outcome, evidence.of_item(item, source.derived, facts, b1.get(item.code)))
        for item, source, outcome in zip(form.items, standard.table.items, outcomes, strict=True)
    }


def _evidence(
    standard: Standard, result: Result, facts: Facts | None
) -> list[tuple[evidence.Evidence, ...]]:
    if facts is None:
        return []
    pairs = zip(standard.indicators, result.indicators, strict=True)
    return [evidence.of_indicator(indicator.code, state, facts) for indicator, state in pairs]
