"""Reads a questionnaire from its JSON file; every mistake is named with its place.

Texts are `["Tiếng Việt", "English"]` or a Vietnamese text alone. See `docs/questionnaires.md`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from portal.forms.conditions import ALWAYS, Age, All, Answered, AnyOf, Condition, Is
from portal.forms.mistakes import QuestionnaireError, at
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

FORM_KEYS = {
    "id",
    "version",
    "title",
    "legal_basis",
    "source",
    "note",
    "consent",
    "lists",
    "steps",
}
CONSENT_KEYS = {"version", "wording", "legal_basis", "purpose"}
CHOICE_KEYS = {"code", "label", "hint", "alone"}
CHECK_KEYS = {"field", "message", "when", "error", "citizen", "apart"}
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


def load(path: Path) -> Questionnaire:
    """The questionnaire of a file. Raises `QuestionnaireError`, also for a file that is no JSON."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise QuestionnaireError(f"{path.name}: {error}") from error
    with at(path.name):
        return build(raw)


def build(raw: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of the file's content. Raises `QuestionnaireError` with the place."""
    from portal.forms.checking import check_questionnaire

    with at(_called(raw, "id")):
        found = _questionnaire(raw)
        check_questionnaire(found)
    return found


def _questionnaire(raw: Mapping[str, Any]) -> Questionnaire:
    _only(raw, FORM_KEYS)
    lists: dict[str, tuple[Choice, ...]] = {}
    for name, rows in raw.get("lists", {}).items():
        with at(name):
            lists[name] = _choices(rows)
    source = str(raw.get("source", raw["legal_basis"]))
    with at("consent"):
        consent = _consent(raw["consent"])
    return Questionnaire(
        id=str(raw["id"]),
        version=str(raw["version"]),
        title=text(raw["title"]),
        legal_basis=str(raw["legal_basis"]),
        consent=consent,
        steps=tuple(_step(step, lists, source) for step in raw["steps"]),
        note=text(raw.get("note")),
    )


def _consent(raw: Mapping[str, Any]) -> Consent:
    _only(raw, CONSENT_KEYS)
    wording = text(raw["wording"])
    if not wording:
        raise QuestionnaireError("no wording")
    return Consent(
        version=str(raw["version"]),
        wording=wording,
        legal_basis=text(raw["legal_basis"]),
        purpose=str(raw["purpose"]),
    )


def text(raw: Any) -> Text:
    """`["vi", "en"]`, a Vietnamese text, or nothing."""
    if raw is None:
        return NOTHING
    if isinstance(raw, str):
        return Text(raw)
    if isinstance(raw, list) and len(raw) == 2 and all(isinstance(one, str) for one in raw):
        return Text(*raw)
    raise QuestionnaireError(f"a text is [vi, en] or vi, not {raw!r}")


def condition(raw: Any) -> Condition:
    """One of the five, or a list that means all of them."""
    if raw is None:
        return ALWAYS
    if isinstance(raw, list):
        return All(tuple(condition(each) for each in raw))
    make = CONDITIONS.get(frozenset(raw)) if isinstance(raw, dict) else None
    if make is None:
        raise QuestionnaireError(f"no condition: {raw!r}")
    return make(raw)


def _age(name: str, raw: Mapping[str, Any]) -> Age:
    _only(raw, {"from", "below"})
    limits = (raw.get("from"), raw.get("below"))
    if not any(isinstance(limit, int) for limit in limits):
        raise QuestionnaireError(f"an age is from or below a number, not {raw!r}")
    return Age(name, *limits)


CONDITIONS: dict[frozenset[str], Callable[[Mapping[str, Any]], Condition]] = {
    frozenset({"all"}): lambda raw: condition(raw["all"]),
    frozenset({"field", "is"}): lambda raw: Is(raw["field"], raw["is"]),
    frozenset({"field", "any_of"}): lambda raw: AnyOf(raw["field"], tuple(_list(raw["any_of"]))),
    frozenset({"field", "answered"}): lambda raw: Answered(raw["field"]),
    frozenset({"field", "age"}): lambda raw: _age(raw["field"], raw["age"]),
}


def _step(raw: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]], source: str) -> Step:
    if "group" not in raw:
        return _page(raw, lists, source)
    with at(_called(raw, "slug")):
        return _group(raw, lists, source)


def _group(raw: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]], source: str) -> Group:
    _only(raw, GROUP_KEYS)
    return Group(
        slug=raw["slug"],
        title=text(raw["title"]),
        name=raw["group"],
        item=text(raw["item"]),
        pages=tuple(_page(page, lists, source) for page in _list(raw["pages"])),
        add=text(raw["add"]),
        introduction=text(raw.get("introduction")),
        item_title=tuple(_list(raw.get("item_title", []))),
        least=int(raw.get("least", 0)),
        most=int(raw.get("most", MOST_ITEMS)),
        when=condition(raw.get("when")),
        single=condition(single["when"]) if (single := raw.get("single")) else None,
        single_message=text(single["message"]) if single else NOTHING,
    )


def _page(raw: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]], source: str) -> Page:
    with at(_called(raw, "slug")):
        _only(raw, PAGE_KEYS)
        return Page(
            slug=raw["slug"],
            title=text(raw["title"]),
            fields=tuple(_field(field, lists, source) for field in _list(raw["fields"])),
            introduction=text(raw.get("introduction")),
            when=condition(raw.get("when")),
            checks=tuple(_check(each) for each in _list(raw.get("checks", []))),
        )


def _field(raw: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]], source: str) -> Field:
    with at(_called(raw, "name")):
        _only(raw, FIELD_KEYS)
        named = raw.get("list")
        if named is not None and named not in lists:
            raise QuestionnaireError(f"there is no list {named!r}")
        own = _choices(raw.get("choices", ()))
        if own and named:
            raise QuestionnaireError("choices of its own, or a list, not both")
        return Field(
            name=raw["name"],
            kind=raw["kind"],
            label=text(raw["label"]),
            hint=text(raw.get("hint")),
            official=text(raw.get("official")),
            number=str(raw.get("number", "")),
            required=_flag(raw, "required"),
            choices=own or (lists[named] if named else ()),
            when=condition(raw.get("when")),
            sensitive=_flag(raw, "sensitive"),
            source=str(raw.get("source", source)),
            options=_options(raw.get("options", {})),
        )


def _options(raw: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Lists become tuples: nobody changes a questionnaire by its settings."""
    frozen = {name: tuple(one) if isinstance(one, list) else one for name, one in raw.items()}
    return tuple(sorted(frozen.items()))


def _choices(rows: Iterable[Any]) -> tuple[Choice, ...]:
    """`["code", "vi", "en"]` or an object."""
    found = []
    for row in rows:
        if isinstance(row, list) and len(row) == 3:
            found.append(Choice(str(row[0]), text(row[1:])))
        elif isinstance(row, dict):
            _only(row, CHOICE_KEYS)
            hint, alone = text(row.get("hint")), _flag(row, "alone")
            found.append(Choice(str(row["code"]), text(row["label"]), hint, alone))
        else:
            raise QuestionnaireError(f"no choice: {row!r}")
        if not (found[-1].code and found[-1].label):
            raise QuestionnaireError(f"a choice without code or label: {row!r}")
    return tuple(found)


def _check(raw: Mapping[str, Any]) -> Check:
    with at(f"check of {_called(raw, 'field')}"):
        _only(raw, CHECK_KEYS)
        numbers, dates = raw.get("citizen"), raw.get("apart")
        if not (numbers or dates or raw.get("when")):
            raise QuestionnaireError("when, citizen or apart is missing")
        if len(numbers or "123") != 3 or len(dates or "123") != 3:
            raise QuestionnaireError("citizen is [number, sex, birth], apart [date, date, years]")
        return Check(
            field=raw["field"],
            message=text(raw["message"]),
            when=condition(raw.get("when")),
            error=_flag(raw, "error"),
            citizen=(numbers[0], numbers[1], numbers[2]) if numbers else None,
            apart=(dates[0], dates[1], int(dates[2])) if dates else None,
        )


def _called(raw: Any, key: str) -> str:
    """How the place of a mistake is called, also when the mistake is that it has no name."""
    name = raw.get(key) if isinstance(raw, Mapping) else None
    return str(name) if name else f"? ({json.dumps(raw, ensure_ascii=False)[:40]})"


def _flag(raw: Mapping[str, Any], key: str) -> bool:
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise QuestionnaireError(f"{key} is true or false, not {value!r}")
    return value


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise QuestionnaireError(f"a list is expected, not {raw!r}")
    return raw


def _only(raw: Any, known: set[str]) -> None:
    if not isinstance(raw, Mapping):
        raise QuestionnaireError(f"an object is expected, not {raw!r}")
    unknown = set(raw) - known
    if unknown:
        raise QuestionnaireError(f"unknown {', '.join(sorted(unknown))}")
