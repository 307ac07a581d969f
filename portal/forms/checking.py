"""What must hold in a questionnaire, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.forms import kinds
from portal.forms.conditions import Condition
from portal.forms.questionnaire import Group, Page, Questionnaire

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
# Addresses of the engine itself, beside the steps.
RESERVED = frozenset({"xem-lai", "tiep-tuc", "ma", "xong", "xoa", "moi"})


def check_questionnaire(found: Questionnaire) -> None:
    """Raise `QuestionnaireError` at the first rule that is broken."""
    slugs = [step.slug for step in found.steps]
    _unique(slugs, "step")
    _unique([field.name for field in found.fields()], "field")
    seen: set[str] = set()
    for step in found.steps:
        _address(step.slug)
        _looks_back(step.when, seen, step.slug)
        if isinstance(step, Group):
            _group(step, seen)
            seen.add(step.name)
        else:
            seen |= _page(step, seen)


def _group(group: Group, seen: set[str]) -> None:
    inside = set(seen)
    _unique([page.slug for page in group.pages], group.slug)
    if not group.pages or not 0 <= group.least <= group.most:
        _refuse(f"{group.slug}: pages, or least and most")
    for page in group.pages:
        _address(page.slug)
        _looks_back(page.when, inside, page.slug)
        inside |= _page(page, inside)
    own = {field.name for field in group.fields}
    unknown = ({*group.item_title} | {*(group.single.names() if group.single else ())}) - own
    if unknown:
        _refuse(f"{group.slug}: item_title or single names {', '.join(sorted(unknown))}")


def _page(page: Page, seen: set[str]) -> set[str]:
    own = {field.name for field in page.fields}
    if not own:
        _refuse(f"{page.slug}: no fields")
    for field in page.fields:
        if not NAME.fullmatch(field.name):
            _refuse(f"{field.name}: a name is lower case letters, digits and _")
        _looks_back(field.when, seen, field.name)
        kinds.get(field.kind).check_field(field)
    for check in page.checks:
        _looks_back(check.when, seen | own, check.field)
        if (
            check.field not in own
            or {*(check.citizen or ()), *(check.apart or ())[:2]} - seen - own
        ):
            _refuse(f"{page.slug}: a check names a field of another page")
    return own


def _looks_back(condition: Condition, seen: set[str], place: str) -> None:
    ahead = set(condition.names()) - seen
    if ahead:
        _refuse(f"{place}: a condition looks at {', '.join(sorted(ahead))}, not asked before")


def _address(slug: str) -> None:
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        _refuse(f"{slug!r} is no address of a step")


def _unique(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            _refuse(f"{what} {name!r} stands twice")
        seen.add(name)


def _refuse(sentence: str) -> None:
    from portal.forms.loading import QuestionnaireError

    raise QuestionnaireError(sentence)
