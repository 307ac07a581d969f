"""All answers of a form, validated again as if they had just been sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.forms import kinds
from portal.forms.errors import IncompleteError
from portal.forms.kinds import Asking
from portal.forms.questionnaire import Group, Questionnaire
from portal.forms.step_form import Inputs, StepForm, as_query, posted
from portal.forms.walk import ID, Spot, Walk


def form_of(
    walk: Walk,
    spot: Spot,
    data: Mapping[str, Any] | None = None,
    inputs: Inputs = kinds.inputs,
) -> StepForm:
    """The form of a page, empty, with what was answered, or with what was sent."""
    page = walk.page(spot)
    asking = Asking(on=walk.on, answers=walk.seen(spot))
    checks = page.checks if page else ()
    return StepForm(walk.asked(spot), asking, data, checks=checks, inputs=inputs)


def stored_form(walk: Walk, spot: Spot, inputs: Inputs = kinds.inputs) -> StepForm:
    """The form of a page, bound to the stored answers."""
    stored = posted(walk.asked(spot), walk.seen(spot))
    return form_of(walk, spot, as_query(stored), inputs)


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
    form = stored_form(walk, spot, kinds.kept_inputs)
    if not walk.saved.get(spot.key) or not form.is_valid():
        raise IncompleteError(spot.key)
    return {name: value for name, value in form.values.items() if value is not None}
