"""What must hold in a questionnaire, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.forms import kinds
from portal.forms.conditions import Age, All, AnyOf, Condition, Is
from portal.forms.mistakes import QuestionnaireError, at
from portal.forms.questionnaire import Check, Field, Group, Page, Questionnaire

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
# Addresses of the engine itself, beside the steps.
RESERVED = frozenset({"xem-lai", "tiep-tuc", "ma", "xong", "xoa", "moi"})
# What the engine itself keeps in an item or sends with a page.
TAKEN = frozenset({"id", "lan", "csrfmiddlewaretoken"})
# The questions asked before, by name; of a group its name alone.
Seen = Mapping[str, Field | None]


def check_questionnaire(found: Questionnaire) -> None:
    """Raise `QuestionnaireError` at the first rule that is broken."""
    for what, text, most in (("an id", found.id, 40), ("a version", found.version, 20)):
        if not 0 < len(text) <= most:
            raise QuestionnaireError(f"{what} has 1 to {most} letters")
    _unique([step.slug for step in found.steps], "step")
    groups = [step.name for step in found.steps if isinstance(step, Group)]
    _unique([*(field.name for field in found.fields()), *groups], "field")
    if not found.steps:
        raise QuestionnaireError("no steps")
    seen: dict[str, Field | None] = {}
    for step in found.steps:
        with at(step.slug):
            _address(step)
            _looks_back(step.when, seen)
            if isinstance(step, Group):
                _group(step, seen)
                seen[step.name] = None
            else:
                seen |= _page(step, seen)


def _group(group: Group, seen: Seen) -> None:
    inside, own = {**seen}, {field.name: field for field in group.fields}
    _unique([page.slug for page in group.pages], "page")
    _name(group.name, ())
    if not group.pages or not 0 <= group.least <= group.most:
        raise QuestionnaireError("pages, or least and most")
    if next(group.pages[0].when.names(), None):
        raise QuestionnaireError("the first page of a group is always asked")
    for page in group.pages:
        with at(page.slug):
            _address(page)
            _looks_back(page.when, inside)
            inside |= _page(page, inside)
    with at("item_title or single"):
        _known(group.item_title, own)
        if group.single:
            _looks_back(group.single, own)


def _page(page: Page, seen: Seen) -> dict[str, Field]:
    own = {field.name: field for field in page.fields}
    if not own:
        raise QuestionnaireError("no fields")
    for field in page.fields:
        with at(field.name):
            _field(field, seen)
    _unique([name for field in page.fields for name in _inputs(field)], "input")
    for check in page.checks:
        with at(f"check of {check.field}"):
            _check(check, {**seen, **own}, own)
    return own


def _field(field: Field, seen: Seen) -> None:
    kind = kinds.get(field.kind)
    _name(field.name, kind.parts)
    if not field.label:
        raise QuestionnaireError("no label")
    _looks_back(field.when, seen)
    _unique([choice.code for choice in field.choices], "choice")
    kind.check_field(field)
    if (source := field.option("of")) is not None:
        _known([source], seen)


def _check(check: Check, seen: Seen, own: Mapping[str, Field]) -> None:
    _looks_back(check.when, seen)
    _known([check.field], own)
    _known([*(check.citizen or ()), *(check.apart or ())[:2]], seen)


def _inputs(field: Field) -> list[str]:
    parts = kinds.get(field.kind).parts
    return [field.name, *(f"{field.name}_{part}" for part in parts)]


def _looks_back(condition: Condition, seen: Seen) -> None:
    """A condition names what was asked before, and answers that can be given there."""
    for name in condition.names():
        if name not in seen:
            raise QuestionnaireError(f"a condition looks at {name}, not asked before")
    for name, value in _values(condition):
        asked = seen[name]
        codes = {choice.code for choice in asked.choices} if asked else set()
        if asked and codes and value not in codes - {asked.option("none")}:
            raise QuestionnaireError(f"a condition waits for {value!r}, which {name} never is")
    for name in _dated(condition):
        asked = seen[name]
        if asked is None or asked.kind != "date":
            raise QuestionnaireError(f"a condition takes the age of {name}, which is no date")


def _values(condition: Condition) -> Iterator[tuple[str, Any]]:
    if isinstance(condition, Is):
        yield condition.field, condition.value
    elif isinstance(condition, AnyOf):
        yield from ((condition.field, value) for value in condition.values)
    elif isinstance(condition, All):
        for each in condition.conditions:
            yield from _values(each)


def _dated(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Age):
        yield condition.field
    elif isinstance(condition, All):
        for each in condition.conditions:
            yield from _dated(each)


def _known(names: Iterable[str], seen: Seen) -> None:
    unknown = sorted(set(names) - set(seen))
    if unknown:
        raise QuestionnaireError(f"there is no {', '.join(unknown)} here")


def _name(name: str, parts: Iterable[str]) -> None:
    if not NAME.fullmatch(name):
        raise QuestionnaireError(f"{name!r}: a name is lower case letters, digits and _")
    if TAKEN & {name, *(f"{name}_{part}" for part in parts)}:
        raise QuestionnaireError(f"{name!r} is a name of the engine itself")


def _address(step: Page | Group) -> None:
    if not SLUG.fullmatch(step.slug) or step.slug in RESERVED:
        raise QuestionnaireError(f"{step.slug!r} is no address of a step")
    if not step.title:
        raise QuestionnaireError("no title")


def _unique(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise QuestionnaireError(f"{what} {name!r} stands twice")
        seen.add(name)
