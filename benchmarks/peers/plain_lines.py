"""The lines of a stored score by plain string formatting, out of the dicts of the data files."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.peers.plain_rules import DATA

LANGUAGE = "vi"
Found = tuple[Any, ...]


def words() -> dict[str, Any]:
    """Standard, table and wordings, as the files have them."""
    standard = json.loads((DATA / "vn-2022.json").read_text("utf-8"))
    table = json.loads((DATA / "tables" / f"{standard['table']}.json").read_text("utf-8"))
    return {
        "items": table,
        "options": {
            item["code"]: {one["code"]: one["label"][LANGUAGE] for one in item["options"]}
            for item in table["items"]
        },
        "indicators": standard["indicators"],
        "points": standard["deprivation"]["points"]["value"],
        "words": json.loads((DATA / f"{standard['words']}.json").read_text("utf-8")),
    }


def lines(known: dict[str, Any], stored: dict[str, Any]) -> list[Found]:
    """What `explain()` says, field by field; of points and facts that are all known."""
    found = [_item(known, item, stored["items"][item["code"]]) for item in known["items"]["items"]]
    for number, indicator in enumerate(known["indicators"], start=1):
        state = stored["indicators"][str(number)]
        evidence = stored["evidence"][number - 1]
        found.append(_indicator(known, number, indicator, state, evidence))
    return found


def _item(known: dict[str, Any], item: dict[str, Any], kept: Any) -> Found:
    chosen, low, high, evidence = kept
    said = known["words"]["answers"]
    state = "answered"
    if chosen and chosen[0] == "not_scored":
        state, answer = "not_scored", said["not_scored"][LANGUAGE]
    else:
        labels = known["options"][item["code"]]
        answer = "; ".join(labels[code] for code in chosen) or said["nothing"][LANGUAGE]
    facts = _sentence(known["words"], evidence)
    source, mark = item.get("source") or known["items"]["source"], known["items"]["mark"]
    label = item["label"][LANGUAGE]
    return ("b1", item["code"], label, "", state, answer, facts, (low, high), source, mark)


def _indicator(
    known: dict[str, Any], number: int, indicator: dict[str, Any], state: str, evidence: Any
) -> Found:
    facts = _sentence(known["words"], evidence)
    if state == "not_deprived" and "clear" in indicator:
        clear = indicator["clear"][LANGUAGE]
        facts = f"{facts}. {clear}" if facts else clear
    points = known["points"] if state == "deprived" else 0
    definition = indicator["definition"]
    return (
        "b2",
        str(number),
        indicator["name"][LANGUAGE],
        definition["text"][LANGUAGE],
        state,
        known["words"]["states"][state][LANGUAGE],
        facts,
        (points, points),
        definition["source"],
        definition["mark"],
    )


def _sentence(said: dict[str, Any], evidence: Any) -> str:
    text, before = "", None
    for who, fact, value in evidence:
        phrases = said["facts"][fact]
        phrase = phrases.get(str(value)) or phrases["#"]
        told = phrase[LANGUAGE].format(str(value).removesuffix(".0").replace(".", ","))
        member = said["member"][LANGUAGE].format(who) if who else ""
        if not text:
            text = f"{member}{told}"
        elif who and who == before:
            text = f"{text}, {told}"
        else:
            text = f"{text}; {member}{told}"
        before = who
    return text
