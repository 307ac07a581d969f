"""Declarations that are filled in and not sent: by the portal's own services, and copies."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import QueryDict

from benchmarks.declared import GROUP, MEMBERS, typed
from benchmarks.households import STANDARD
from portal.areas.models import Unit
from portal.areas.queries import units_of_province
from portal.forms import references, registry, services, validating
from portal.forms.models import Draft, Filler
from portal.forms.questionnaire import Group
from portal.forms.step_form import as_query
from portal.forms.walk import Spot, Walk
from portal.jobs import clock
from portal.registration.declarations import FORM
from portal.registration.rounds import ReviewRound, current_round


class RefusedPageError(Exception):
    """The portal does not take what the benchmark types; the questionnaire has changed."""


def open_round() -> ReviewRound:
    """The round of the demo, or one that is open today."""
    today = clock.today()
    return current_round() or ReviewRound.objects.create(
        title="Đợt của phép đo tốc độ",
        kind=ReviewRound.Kind.REGULAR,
        standard=STANDARD,
        reference_day=today.replace(day=1),
        opens_on=today,
        closes_on=today + timedelta(days=30),
        demo=True,
    )


def communes(count: int) -> list[Unit]:
    """So many of the province, in the order of their names."""
    found = units_of_province(settings.PROVINCE_CODE, clock.today()).order_by("sort_key", "code")
    return list(found[:count])


def filled(commune: Unit) -> Draft:
    """A whole declaration of a commune, ready to be sent."""
    draft = services.start_draft(registry.get(FORM), filler=Filler.SELF)
    while (spot := _walk(draft).first_open) is not None:
        if isinstance(_walk(draft).step(spot.step), Group):
            for number in range(len(MEMBERS)):
                draft = _member(draft, number, commune)
            draft = services.confirm_group(draft.key, spot)
        else:
            draft = _page(draft, spot, None, commune)
    return draft


def copies(drafts: Sequence[Draft], count: int) -> list[uuid.UUID]:
    """So many forms under keys and references of their own, over all of the drafts in turn."""
    form, today = registry.get(FORM), clock.today()
    made = [drafts[number % len(drafts)] for number in range(count)]
    rows = Draft.objects.bulk_create(
        Draft(
            form=draft.form,
            version=draft.version,
            reference=references.new_reference(form.prefix, today),
            code=references.new_code(),
            answers=draft.answers,
            pages=draft.pages,
            filler=draft.filler,
            started_at=draft.started_at,
            touched_at=draft.touched_at,
        )
        for draft in made
    )
    return [row.key for row in rows]


def _member(draft: Draft, number: int, commune: Unit) -> Draft:
    spot: Spot | None = Spot(GROUP, f"nguoi{number}", "nguoi")
    while spot is not None and spot.item:
        draft = _page(draft, spot, number, commune)
        spot = _walk(draft).after(spot)
    return draft


def _page(draft: Draft, spot: Spot, member: int | None, commune: Unit) -> Draft:
    walk = _walk(draft)
    form = validating.form_of(walk, spot, _query(spot, member, commune))
    if not form.is_valid():
        raise RefusedPageError(f"{spot.key}: {form.errors.as_text()}")
    step = walk.step(spot.step)
    group = step.name if isinstance(step, Group) else ""
    return services.save_page(draft.key, spot, form.values, seen=0, group=group)


def _query(spot: Spot, member: int | None, commune: Unit) -> QueryDict:
    return as_query(typed(spot.step, member, str(commune)))


def _walk(draft: Draft) -> Walk:
    day = services.reference_day(registry.get(FORM))
    return Walk(services.questionnaire_of(draft), draft.answers, draft.pages, day)
