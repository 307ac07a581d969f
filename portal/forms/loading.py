"""Reads a questionnaire from its JSON file; every mistake is named with its place.

Texts are `["Tiếng Việt", "English"]` or a Vietnamese text alone. See `docs/questionnaires.md`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from portal.forms.conditions import ALWAYS, Age, All, Answered, AnyOf, Condition, Is
from portal.forms.questionnaire import (
    MOST_ITEMS,
    Check,
    Choice,
    Consent,
    Field,
    Group,
    Page,
    Questionnaire,
    Step,
)
from portal.forms.texts import NOTHING, Text

FIELD_KEYS = {
    "name",
    "kind",
    "label",
    "hint",
    "official",
    "number",
    "required",
    "choices",
    "list",
    "when",
    "sensitive",
    "source",
    "options",
}
PAGE_KEYS = {"slug", "title", "introduction", "fields", "when", "checks"}
GROUP_KEYS = {
    "slug",
    "title",
    "introduction",
    "group",
    "item",
    "add",
    "item_title",
    "pages",
    "least",
    "most",
    "when",
    "single",
}


class QuestionnaireError(ValueError):
    """The data of a questionnaire are wrong; the message names the place."""


def load(path: Path) -> Questionnaire:
    """The questionnaire of a file. Raises `QuestionnaireError`, also for a file that is no JSON."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise QuestionnaireError(f"{path.name}: {error}") from error
    return build(raw)


def build(raw: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of the file's content."""
    lists = {name: _choices(rows, name) for name, rows in raw.get("lists", {}).items()}
    source = str(raw.get("source", raw["legal_basis"]))
    found = Questionnaire(
        id=raw["id"],
        version=str(raw["version"]),
        title=text(raw["title"]),
        legal_basis=raw["legal_basis"],
        consent=Consent(
            version=raw["consent"]["version"],
            wording=text(raw["consent"]["wording"]),
            legal_basis=raw["consent"]["legal_basis"],
            purpose=raw["consent"]["purpose"],
        ),
        steps=tuple(_step(step, lists, source) for step in raw["steps"]),
        note=text(raw.get("note")),
    )
    from portal.forms.checking import check_questionnaire

    check_questionnaire(found)
    return found


def text(raw: Any) -> Text:
    """`["vi", "en"]`, a Vietnamese text, or nothing."""
    if raw is None:
        return NOTHING
    if isinstance(raw, str):
        return Text(raw)
    if isinstance(raw, list) and len(raw) == 2:
        return Text(str(raw[0]), str(raw[1]))
    raise QuestionnaireError(f"a text is [vi, en] or vi, not {raw!r}")


def condition(raw: Any) -> Condition:
    """One of the five, or a list that means all of them."""
    if raw is None:
        return ALWAYS
    if isinstance(raw, list):
        return All(tuple(condition(each) for each in raw))
    make = CONDITIONS.get(frozenset(raw))
    if make is None:
        raise QuestionnaireError(f"no condition: {raw!r}")
    return make(raw)


def _age(name: str, raw: Mapping[str, Any]) -> Age:
    _only(raw, {"from", "below"}, name)
    return Age(name, raw.get("from"), raw.get("below"))


CONDITIONS: dict[frozenset[str], Callable[[Mapping[str, Any]], Condition]] = {
    frozenset({"all"}): lambda raw: condition(raw["all"]),
    frozenset({"field", "is"}): lambda raw: Is(raw["field"], raw["is"]),
    frozenset({"field", "any_of"}): lambda raw: AnyOf(raw["field"], tuple(raw["any_of"])),
    frozenset({"field", "answered"}): lambda raw: Answered(raw["field"]),
    frozenset({"field", "age"}): lambda raw: _age(raw["field"], raw["age"]),
}


def _step(raw: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]], source: str) -> Step:
    if "group" not in raw:
        return _page(raw, lists, source)
    _only(raw, GROUP_KEYS, raw["slug"])
    return Group(
        slug=raw["slug"],
        title=text(raw["title"]),
        name=raw["group"],
        item=text(raw["item"]),
        pages=tuple(_page(page, lists, source) for page in raw["pages"]),
        add=text(raw["add"]),
        introduction=text(raw.get("introduction")),
        item_title=tuple(raw.get("item_title", ())),
        least=int(raw.get("least", 0)),
        most=int(raw.get("most", MOST_ITEMS)),
        when=condition(raw.get("when")),
        single=condition(single["when"]) if (single := raw.get("single")) else None,
        single_message=text(single["message"]) if single else NOTHING,
    )


def _page(raw: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]], source: str) -> Page:
    _only(raw, PAGE_KEYS, raw["slug"])
    return Page(
        slug=raw["slug"],
        title=text(raw["title"]),
        fields=tuple(_field(field, lists, source) for field in raw["fields"]),
        introduction=text(raw.get("introduction")),
        when=condition(raw.get("when")),
        checks=tuple(_check(each) for each in raw.get("checks", ())),
    )


def _field(raw: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]], source: str) -> Field:
    _only(raw, FIELD_KEYS, raw["name"])
    named = raw.get("list")
    if named is not None and named not in lists:
        raise QuestionnaireError(f"{raw['name']}: there is no list {named!r}")
    own = _choices(raw.get("choices", ()), raw["name"])
    return Field(
        name=raw["name"],
        kind=raw["kind"],
        label=text(raw["label"]),
        hint=text(raw.get("hint")),
        official=text(raw.get("official")),
        number=str(raw.get("number", "")),
        required=bool(raw.get("required", False)),
        choices=own or (lists[named] if named else ()),
        when=condition(raw.get("when")),
        sensitive=bool(raw.get("sensitive", False)),
        source=str(raw.get("source", source)),
        options=tuple(sorted(raw.get("options", {}).items())),
    )


def _choices(rows: Iterable[Any], place: str) -> tuple[Choice, ...]:
    """`["code", "vi", "en"]` or an object."""
    found = []
    for row in rows:
        if isinstance(row, list) and len(row) == 3:
            found.append(Choice(str(row[0]), Text(row[1], row[2])))
        elif isinstance(row, dict):
            _only(row, {"code", "label", "hint", "alone"}, place)
            found.append(
                Choice(
                    str(row["code"]),
                    text(row["label"]),
                    text(row.get("hint")),
                    bool(row.get("alone", False)),
                )
            )
        else:
            raise QuestionnaireError(f"{place}: no choice: {row!r}")
    return tuple(found)


def _check(raw: Mapping[str, Any]) -> Check:
    _only(raw, {"field", "message", "when", "error", "citizen", "apart"}, raw["field"])
    numbers, dates = raw.get("citizen"), raw.get("apart")
    return Check(
        field=raw["field"],
        message=text(raw["message"]),
        when=condition(raw.get("when")),
        error=bool(raw.get("error", False)),
        citizen=(numbers[0], numbers[1], numbers[2]) if numbers else None,
        apart=(dates[0], dates[1], int(dates[2])) if dates else None,
    )


def _only(raw: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = set(raw) - known
    if unknown:
        raise QuestionnaireError(f"{place}: unknown {', '.join(sorted(unknown))}")
