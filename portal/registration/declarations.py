"""The household's declaration as a form of the house: place, score, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.forms import registry
from portal.forms.loading import load
from portal.forms.models import Submission
from portal.forms.registry import FormType, Place, Section, Sheet
from portal.forms.walk import Walk
from portal.jobs import clock
from portal.registration import household, standards
from portal.registration.models import Declaration
from portal.registration.quick_check import quick_check
from portal.registration.request_sheet import request_sheet
from portal.registration.rounds import ReviewRound, current_round
from portal.registration.scale import scale
from portal.registration.standards import Area, Standard
from portal.tables import composed

FORM = "household"
FILE = Path(__file__).resolve().parent / "questionnaires" / "household-1.json"
MEMBERS = "thanh-vien"
KEEP_DAYS = 5 * 366
Answers = Mapping[str, Any]


def register() -> None:
    """Called once from the app's `ready()`."""
    questionnaire = load(FILE)
    registry.register(
        FormType(
            id=FORM,
            prefix="RS",
            label=_("Poor and near-poor review"),
            versions={questionnaire.version: questionnaire},
            place=place,
            person=lambda answers: str(household.head(answers).get("full_name", "")),
            citizen=lambda answers: str(household.head(answers).get("citizen", "")),
            round=current_round,
            round_note=round_note,
            standing=standing,
            sections=sections,
            on_sent=keep_score,
            on_erased=erase,
            sheets=(Sheet("mau-01", _("Request (Mẫu số 01)"), "household_request", request_sheet),),
            keep_days=KEEP_DAYS,
        )
    )


def place(answers: Answers) -> Place:
    """The commune where the household lives, and its village."""
    return Place(answers.get("commune"), (answers.get("village") or {}).get("id"))


def round_note() -> str:
    """What the open round says of itself."""
    found = current_round()
    return found.note() if found else ""


def standard_of(found: ReviewRound | None) -> Standard:
    """The standard of a round; between rounds the one that the settings name."""
    return standards.get(found.standard if found else settings.REGISTRATION_STANDARD)


def standing(walk: Walk) -> Section | None:
    """The sentence before the points, after each step; nothing before the commune is known."""
    answers = walk.applying
    area = household.area_of(answers)
    if area is None:
        return None
    standard = standard_of(current_round())
    complete = bool(walk.saved.get(MEMBERS))
    facts = household.facts(answers, walk.on, members_complete=complete)
    result = standards.score(standard, area, facts)
    cut = standard.cuts.get(area)
    context = {
        "summary": standards.summary(result, walk.steps_left),
        "result": result,
        "scale": scale(result, cut.b1_max if cut else None),
        "table": standard.table.label.within(_language()) if standard.table else "",
    }
    return Section("registration/_standing.html", context)


def keep_score(submission: Submission, answers: Answers, found: ReviewRound | None) -> None:
    """The score of the day of sending, kept with everything that explains it."""
    unit = submission.unit
    area = household.area_in(unit, submission.village) if unit else "rural"
    facts = household.facts(answers, found.reference_day if found else clock.today())
    kept = standards.record(standard_of(found), area, facts)
    result = standards.result_of(kept)
    declaration = Declaration(
        submission=submission,
        round=found,
        standard=result.standard,
        area=area,
        classification=result.classification,
        b1_low=result.b1[0] if result.b1 else None,
        b1_high=result.b1[1] if result.b1 else None,
        b2_low=result.b2[0] if result.b2 else None,
        b2_high=result.b2[1] if result.b2 else None,
        record=kept,
    )
    composed.insert(declaration)


def sections(submission: Submission, answers: Answers) -> Sequence[Section]:
    """The result with its lines, as it was when the form was sent."""
    declaration = Declaration.objects.filter(submission=submission).first()
    if declaration is None or declaration.record is None:
        return ()
    context = explained(declaration) | {"signs": quick_check(declaration.standard, answers)}
    return (Section("registration/_explained.html", context),)


def explained(declaration: Declaration) -> dict[str, Any]:
    """Result, scale and lines of a stored score."""
    kept = declaration.record
    standard = standards.get(declaration.standard)
    area: Area = kept["area"]
    result = standards.result_of(kept)
    cut = standard.cuts.get(area)
    lines = standards.explain(standard, area, kept, _language())
    return {
        "summary": standards.summary(result, 0),
        "result": result,
        "standard": standard.name.within(_language()),
        "b1": [line for line in lines if line.part == "b1"],
        "b2": [line for line in lines if line.part == "b2"],
        "cut": cut.b1_max if cut else None,
        "scale": scale(result, cut.b1_max if cut else None),
        "table": standard.table.label.within(_language()) if standard.table else "",
    }


def erase(keys: Sequence[int]) -> None:
    """Lines and facts go with the answers; class and points stay for the totals."""
    Declaration.objects.filter(submission__in=keys).update(record=None)


def _language() -> str:
    return get_language() or "vi"
