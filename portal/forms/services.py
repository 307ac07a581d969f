"""Verbs of the forms: begin, save a page, send exactly once, take in."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from portal.areas.models import Unit, User, Village
from portal.areas.queries import scope_of
from portal.forms import ledger, references, registry, validating
from portal.forms.errors import (
    DraftGoneError,
    ForeignPlaceError,
    FormError,
    FullGroupError,
    OldVersionError,
    StaleRevisionError,
)
from portal.forms.kinds.places import unit_of
from portal.forms.models import Draft, Means, Submission
from portal.forms.questionnaire import MOST_ITEMS, Group, Questionnaire
from portal.forms.registry import FormType, Place, Round
from portal.forms.step_form import as_query, posted
from portal.forms.walk import ID, Spot
from portal.jobs import clock
from portal.privacy.blinding import blind
from portal.privacy.models import ConsentRecord
from portal.privacy.services import record_consent
from portal.tables import composed
from search.text import name_key, name_sort_key

CITIZEN = "citizen"
SUBJECT = "form"
TRIES = 5
MOST_TYPED = 256 * 1024
TAKE_OUT = composed.Statement(Draft, "DELETE FROM {table} WHERE key = %s RETURNING {columns}")


class StalePageError(FormError):
    """Another window saved the page with other answers meanwhile."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The committed record, and whether it had been sent before."""

    submission: Submission
    again: bool


def reference_day(form: FormType) -> date:
    """The day on which ages are taken: the round's, else today."""
    return _day_of(form.round())


def _day_of(found: Round | None) -> date:
    return found.reference_day if found else clock.today()


def questionnaire_of(record: Draft | Submission) -> Questionnaire:
    """The version that the answers were begun under. Raises `OldVersionError` without it."""
    versions = registry.get(record.form).versions
    if record.version not in versions:
        raise OldVersionError
    return versions[record.version]


def start_draft(
    form: FormType,
    *,
    filler: str,
    key: uuid.UUID | None = None,
    means: str = Means.WEB,
    by: User | None = None,
    mount: int | None = None,
) -> Draft:
    """Begin a form: reference and code are given, the consent is recorded.

    `key` makes it idempotent: a second call with the same key returns the first one's draft. A key
    that is spent, or another form's, begins a new one: a start page that was left open is no trap.
    """
    key = key if key and not _is_spent(key, form) else uuid.uuid4()
    now = clock.now()
    for _try in range(TRIES):
        reference = references.new_reference(form.prefix, clock.today())
        if Submission.objects.filter(reference=reference).exists():
            continue  # taken by a form that has arrived
        try:
            with transaction.atomic():
                draft, made = Draft.objects.get_or_create(
                    key=key,
                    defaults={
                        "form": form.id,
                        "version": form.current.version,
                        "reference": reference,
                        "code": references.new_code(),
                        "answers": {},
                        "filler": filler,
                        "means": means,
                        "entered_by": by,
                        "mount": mount,
                        "started_at": now,
                        "touched_at": now,
                    },
                )
                if made:
                    _consent(form, draft, by)
                return draft
        except IntegrityError:
            continue  # the reference is taken
    raise FormError


def _is_spent(key: uuid.UUID, form: FormType) -> bool:
    """Whether a form was sent with the key, or one of another kind was begun with it."""
    other = Draft.objects.filter(key=key).exclude(form=form.id)
    return Submission.objects.filter(key=key).exists() or other.exists()


def _consent(form: FormType, draft: Draft, by: User | None) -> None:
    consent = form.current.consent
    paper = draft.means == Means.PAPER
    record_consent(
        (SUBJECT, draft.reference),
        purpose=consent.purpose,
        wording=consent.wording.vi,
        wording_version=consent.version,
        legal_basis=consent.legal_basis.vi,
        means=ConsentRecord.Means.PAPER if paper else ConsentRecord.Means.WEB_FORM,
        by=by,
    )


def find(key: uuid.UUID) -> Draft | Submission | None:
    """The draft of a key, or what became of it."""
    draft = Draft.objects.filter(key=key).first()
    return draft or Submission.objects.filter(key=key).select_related("unit", "entry").first()


@transaction.atomic
def save_page(
    key: uuid.UUID,
    spot: Spot,
    values: Mapping[str, Any],
    *,
    seen: int,
    group: str = "",
    most: int = MOST_ITEMS,
) -> Draft:
    """Take over the valid answers of one page; `None` takes an answer back.

    `seen` is how often the page had been saved when it was shown. Raises `StalePageError` when
    another window saved other answers since, `DraftGoneError` without the draft, `FullGroupError`
    when a group would hold more than `most`.
    """
    draft = _locked(key)
    answers = dict(draft.answers)
    target = _item(answers, group, spot.item) if group else answers
    if group and len(answers[group]) > most:
        raise FullGroupError
    if draft.pages.get(spot.key, 0) > seen and any(
        target.get(name) != value for name, value in values.items()
    ):
        raise StalePageError
    changed = {name for name, value in values.items() if target.get(name) != value}
    for name, value in values.items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = value
    typed = {name: kept for name, kept in (draft.typed or {}).items() if name != spot.key}
    _set_back(draft, answers, changed, typed)
    _store(draft, answers, spot.key, typed)
    return draft


@transaction.atomic
def keep_typed(key: uuid.UUID, spot: Spot, typed: Mapping[str, list[str]]) -> None:
    """Keep what could not be taken over, so that it is there again on another device.

    Of too much the oldest is dropped: nobody fills a draft with pages that are never right.
    """
    draft = _locked(key)
    others = {name: kept for name, kept in (draft.typed or {}).items() if name != spot.key}
    found = {**others, spot.key: dict(typed)}
    while len(found) > 1 and len(json.dumps(found)) > MOST_TYPED:
        found.pop(next(iter(found)))
    draft.typed = found
    draft.touched_at = clock.now()
    draft.save(update_fields=["typed", "touched_at"])


@transaction.atomic
def confirm_group(key: uuid.UUID, spot: Spot) -> Draft:
    """The list of a group is complete in the eyes of the person."""
    draft = _locked(key)
    _store(draft, draft.answers, spot.key, draft.typed)
    return draft


@transaction.atomic
def remove_item(key: uuid.UUID, group: str, spot: Spot) -> Draft:
    """Take one item out of a group; one that is gone already changes nothing."""
    draft = _locked(key)
    answers = dict(draft.answers)
    answers[group] = [item for item in answers.get(group, []) if item.get(ID) != spot.item]
    below = f"{spot.step}/{spot.item}/"
    draft.pages = {name: count for name, count in draft.pages.items() if not name.startswith(below)}
    draft.typed = {
        name: kept for name, kept in (draft.typed or {}).items() if not name.startswith(below)
    }
    draft.answers, draft.touched_at = answers, clock.now()
    draft.save(update_fields=["answers", "pages", "typed", "touched_at"])
    return draft


def submit(key: uuid.UUID, by: User | None = None) -> Receipt:
    """Send a form exactly once: record, ledger entry and the room's own rows, or nothing.

    The key is spent once; whoever sends again, from a second window or after a lost answer, gets
    the receipt of the first time. Raises `IncompleteError`, `ForeignPlaceError`, `DraftGoneError`.
    """
    with transaction.atomic():
        draft = _taken_out(key)
        accepted = _accept(draft, by) if draft else None
    if accepted is not None:
        return Receipt(accepted, again=False)
    sent = Submission.objects.select_related("unit", "village", "entry__chain").filter(key=key)
    found = sent.first()
    if found is None:
        raise DraftGoneError
    return Receipt(found, again=True)


def _accept(draft: Draft, by: User | None) -> Submission:
    form = registry.get(draft.form)
    found, kept = form.round(), dict[Any, Any]()
    answers = validating.whole(
        questionnaire_of(draft), draft.answers, draft.pages, _day_of(found), kept
    )
    place = form.place(answers)
    unit = unit_of(place.commune, kept)
    if draft.entered_by_id is not None:
        _check_officer(draft, by, unit, place)
    now, salt = clock.now(), ledger.new_salt()
    entry = ledger.append(
        unit,
        at=now,
        form=draft.form,
        version=draft.version,
        digest=ledger.digest_of(salt, answers),
    )
    person, citizen = form.person(answers), form.citizen(answers)
    submission = Submission(
        form=draft.form,
        version=draft.version,
        reference=draft.reference,
        code=draft.code,
        key=draft.key,
        answers=answers,
        salt=salt,
        unit=unit,
        village=_village(place, unit, kept),
        name_key=name_key(person)[:200],
        sort_key=name_sort_key(person)[:400],
        citizen_blind=blind(CITIZEN, citizen) if citizen else "",
        filler=draft.filler,
        means=draft.means,
        entered_by_id=draft.entered_by_id,
        sent_at=now,
        keep_until=clock.today() + timedelta(days=form.keep_days),
        entry=entry,
    )
    form.on_sent(composed.insert(submission), answers, found)
    return submission


def _taken_out(key: uuid.UUID) -> Draft | None:
    """The draft, locked and gone in one question; it is back when the transaction fails."""
    return TAKE_OUT.first(Draft._meta.get_field("key").get_db_prep_value(key, connection))


def _village(place: Place, unit: Unit | None, kept: Mapping[Any, Any]) -> Village | None:
    """The village of the commune; one of a commune that was changed afterwards is none."""
    if place.village_id is None:
        return None
    known: Village | None = kept.get(("village", place.village_id))
    if known is not None and unit is not None and known.unit_id == unit.pk:
        return known
    return Village.objects.filter(pk=place.village_id, unit=unit).first()


def _check_officer(draft: Draft, by: User | None, unit: Unit | None, place: Place) -> None:
    """What an officer types in belongs to the officer's own area, and is sent by nobody else.

    That somebody worked here when the form was begun is not enough: rights are those of now.
    """
    from portal.forms.inbox.access import may_work

    scope = scope_of(by)
    inside = scope.everything or (
        (unit is not None and unit.pk in scope.unit_ids)
        or (place.village_id is not None and place.village_id in scope.village_ids)
    )
    if by is None or by.pk != draft.entered_by_id or not (inside and may_work(by)):
        raise ForeignPlaceError


@transaction.atomic
def mark_received(submission: Submission, by: User, revision: int) -> Submission:
    """The commune has taken the form in. Raises `StaleRevisionError` when it changed meanwhile."""
    changed = Submission.objects.filter(
        pk=submission.pk, revision=revision, state=Submission.State.SENT
    ).update(
        state=Submission.State.RECEIVED,
        received_at=clock.now(),
        received_by=by,
        revision=revision + 1,
    )
    if not changed:
        raise StaleRevisionError
    submission.refresh_from_db()
    return submission


@transaction.atomic
def reissue_code(submission: Submission) -> str:
    """A new code on sight of the paper; the old one is dead from now on."""
    code = references.new_code()
    submission.code = code
    submission.save(update_fields=["code"])
    return code


def _locked(key: uuid.UUID) -> Draft:
    draft = Draft.objects.select_for_update().filter(key=key).first()
    if draft is None:
        raise DraftGoneError
    return draft


def _item(answers: dict[str, Any], group: str, key: str) -> dict[str, Any]:
    """The item in a copy of the group's list; a new key adds one at the end."""
    items = [dict(item) for item in answers.get(group, [])]
    answers[group] = items
    for item in items:
        if item.get(ID) == key:
            return item
    items.append({ID: key})
    return items[-1]


def _set_back(
    draft: Draft, answers: dict[str, Any], changed: set[str], typed: dict[str, Any]
) -> None:
    """Take back answers that build on a changed one, as a village does on its commune.

    Their page keeps them among what was typed: they are shown, and wait to be saved again.
    """
    questionnaire = questionnaire_of(draft)
    for key in draft.pages:
        step, *item = key.split("/")
        page, group = questionnaire.page(step, *item), questionnaire.step(step)
        late = (
            [field.name for field in page.fields if field.option("of") in changed] if page else []
        )
        if not page or not late:
            continue
        own = _item(answers, group.name, item[0]) if isinstance(group, Group) else answers
        typed.setdefault(key, dict(as_query(posted(page.fields, own)).lists()))
        for name in late:
            own.pop(name, None)


def _store(draft: Draft, answers: Mapping[str, Any], page: str, typed: Any) -> None:
    draft.answers = dict(answers)
    draft.pages = {**draft.pages, page: draft.pages.get(page, 0) + 1}
    draft.typed, draft.touched_at = typed or None, clock.now()
    draft.save(update_fields=["answers", "pages", "typed", "touched_at"])
