"""All answers of a form, validated again as if they had just been sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from portal.forms import kinds
from portal.forms.errors import IncompleteError
from portal.forms.kinds import Asking
from portal.forms.questionnaire import Field, Group, Questionnaire
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
    questionnaire: Questionnaire, answers: Mapping[str, Any], saved: Mapping[str, int], on: date
) -> dict[str, Any]:
    """The valid answers of all pages that apply, and nothing else.

    What belongs to questions that do not apply any more is left out. Raises `IncompleteError`
    with the first page that is missing or no longer valid.
    """
    walk = Walk(questionnaire, answers, saved, on)
    clean: dict[str, Any] = {}
    for step in walk.steps:
        if isinstance(step, Group):
            clean[step.name] = [_item(walk, step, item[ID]) for item in _enough(walk, step)]
        else:
            clean |= _page(walk, Spot(step.slug))
    return clean


def _enough(walk: Walk, group: Group) -> list[dict[str, Any]]:
    items = walk.items(group)
    if not group.least <= len(items) <= group.most or not walk.is_done(Spot(group.slug)):
        raise IncompleteError(group.slug)
    return items


def _item(walk: Walk, group: Group, key: str) -> dict[str, Any]:
    clean: dict[str, Any] = {ID: key}
    for spot in walk.spots:
        if (spot.step, spot.item) == (group.slug, key):
            clean |= _page(walk, spot)
    return clean


def _page(walk: Walk, spot: Spot) -> dict[str, Any]:
    values = stored_values(walk, spot) if walk.saved.get(spot.key) else None
    if values is None:
        raise IncompleteError(spot.key)
    return {name: value for name, value in values.items() if value is not None}


def stored_values(walk: Walk, spot: Spot) -> dict[str, Any] | None:
    """What `stored_form()` would have for values; `None` where it would refuse an answer.

    It goes by the same inputs, kinds and checks without the sentences and the page around them:
    sending reads twenty pages at once, and forms that nobody sees took most of its time.
    """
    page, asking = walk.page(spot), Asking(on=walk.on, answers=walk.seen(spot))
    asked = walk.asked(spot)
    sent, values = as_query(posted(asked, asking.answers)), dict[str, Any]()
    for field in asked:
        try:
            values[field.name] = _again(field, asking, sent)
        except ValidationError:
            return None
        if values[field.name] is None and field.required:
            return None
    seen, names = {**asking.answers, **values}, {field.name for field in asked}
    checks = [check for check in page.checks if check.error] if page else []
    refused = any(check.field in names and applies(check, seen, walk.on) for check in checks)
    return None if refused else values


def _again(field: Field, asking: Asking, sent: QueryDict) -> Any:
    """The value of a question out of the inputs that would send it. Raises `ValidationError`."""
    cleaned = {
        name: one.clean(one.widget.value_from_datadict(sent, {}, name))
        for name, one in kinds.kept_inputs(field, asking, sent).items()
    }
    return kinds.get(field.kind).read(field, cleaned, asking)
