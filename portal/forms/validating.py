"""All answers of a form, validated again as if they had just been sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from portal.forms import kinds
from portal.forms.errors import IncompleteError
from portal.forms.kinds import Asking
from portal.forms.questionnaire import Field, Group, Page, Questionnaire
from portal.forms.step_form import StepForm, applies, as_query, posted
from portal.forms.walk import ID, Spot, Walk


def form_of(walk: Walk, spot: Spot, data: Mapping[str, Any] | None = None) -> StepForm:
    """The form of a page, empty, with what was answered, or with what was sent."""
    page = walk.page(spot)
    asking = Asking(on=walk.on, answers=walk.seen(spot))
    checks = page.checks if page else ()
    return StepForm(walk.asked(spot), asking, data, checks=checks)


def stored_form(walk: Walk, spot: Spot) -> StepForm:
    """The form of a page, bound to the stored answers."""
    stored = posted(walk.asked(spot), walk.seen(spot))
    return form_of(walk, spot, as_query(stored))


def whole(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    saved: Mapping[str, int],
    on: date,
    kept: dict[Any, Any] | None = None,
) -> dict[str, Any]:
    """The valid answers of all pages that apply, and nothing else.

    What belongs to questions that do not apply any more is left out; `kept` gets what was looked
    up. Raises `IncompleteError` with the first page that is missing or no longer valid.
    """
    walk, kept = Walk(questionnaire, answers, saved, on), {} if kept is None else kept
    clean: dict[str, Any] = {}
    for step in walk.steps:
        if isinstance(step, Group):
            clean[step.name] = [_item(walk, step, item, kept) for item in _enough(walk, step)]
        else:
            clean |= _page(walk, Spot(step.slug), step, Asking(on, answers, kept))
    return clean


def _enough(walk: Walk, group: Group) -> list[dict[str, Any]]:
    items = walk.items(group)
    if not group.least <= len(items) <= group.most or not walk.is_done(Spot(group.slug)):
        raise IncompleteError(group.slug)
    return items


def _item(
    walk: Walk, group: Group, item: Mapping[str, Any], kept: dict[Any, Any]
) -> dict[str, Any]:
    clean: dict[str, Any] = {ID: item[ID]}
    asking = Asking(walk.on, {**walk.answers, **item}, kept)
    for page in walk.pages_of(group, asking.answers):
        clean |= _page(walk, Spot(group.slug, item[ID], page.slug), page, asking)
    return clean


def _page(walk: Walk, spot: Spot, page: Page, asking: Asking) -> dict[str, Any]:
    values = _values(page, asking) if walk.saved.get(spot.key) else None
    if values is None:
        raise IncompleteError(spot.key)
    return {name: value for name, value in values.items() if value is not None}


def stored_values(walk: Walk, spot: Spot) -> dict[str, Any] | None:
    """What `stored_form()` would have for values; `None` where it would refuse an answer.

    It goes by the same inputs, kinds and checks without the sentences and the page around them:
    sending reads twenty pages at once, and forms that nobody sees took most of its time.
    """
    page = walk.page(spot)
    return _values(page, Asking(on=walk.on, answers=walk.seen(spot))) if page else {}


def _values(page: Page, asking: Asking) -> dict[str, Any] | None:
    asked = [field for field in page.fields if field.when.holds(asking.answers, asking.on)]
    values: dict[str, Any] = {}
    for field in asked:
        try:
            values[field.name] = _again(field, asking)
        except ValidationError:
            return None
        if values[field.name] is None and field.required:
            return None
    return None if _refused(page, asking, values) else values


def _refused(page: Page, asking: Asking, values: Mapping[str, Any]) -> bool:
    checks = [check for check in page.checks if check.error and check.field in values]
    seen = {**asking.answers, **values} if checks else {}
    return any(applies(check, seen, asking.on) for check in checks)


def _again(field: Field, asking: Asking) -> Any:
    """The value of a question out of the inputs that would send it. Raises `ValidationError`."""
    value, kind = asking.answers.get(field.name), kinds.get(field.kind)
    if value is None or kind.stands(field, value, asking):
        return value
    sent = as_query(kind.post(field, value))
    cleaned = {
        name: one.clean(one.widget.value_from_datadict(sent, {}, name))
        for name, one in kinds.kept_inputs(field, asking, sent).items()
    }
    return kind.read(field, cleaned, asking)
