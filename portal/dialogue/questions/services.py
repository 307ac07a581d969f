"""Verbs on questions; each checks scope, right and state, and is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Case, When
from django.utils import translation
from django.utils.translation import gettext

from portal.areas.models import Role, Unit, User
from portal.areas.queries import scope_of
from portal.dialogue.errors import DialogueError, NoReasonError, NotAllowedError, StaleError
from portal.dialogue.questions import consent
from portal.dialogue.questions.attaching import SentFile, look_into
from portal.dialogue.questions.models import Question, QuestionEvent, QuestionFile
from portal.dialogue.questions.states import STEPS, State, Step, possible
from portal.dialogue.throttle import spend
from portal.forms.references import new_code, new_reference
from portal.home import cache
from portal.home.slugs import slugify_vi
from portal.jobs import clock
from portal.news.models import Field
from portal.privacy.services import record_consent
from search import outbox
from search.text import fold

KIND = "question"
PREFIX = "HD"
MOST_QUESTIONS = 3  # from one network address in a quarter of an hour
OPEN_DAYS, CLOSED_DAYS = 365, 90
TRIES = 5
RESERVED = frozenset({"gui", "da-gui", "tra-cuu", "rss"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor sends."""

    name: str
    contact: str
    title: str
    text: str
    show_name: bool
    field: Field | None = None
    place: Unit | None = None


def ask(
    asked: Asked, key: uuid.UUID, address: str, uploads: Sequence[UploadedFile[Any]] = ()
) -> Question:
    """Take a question in, with its files, reference, code and proof of consent.

    The same key gives the same question. Raises `TooManyError` and `FileRefusedError`.
    """
    files: tuple[SentFile, ...] | None = None
    for _try in range(TRIES):
        sent = Question.objects.filter(key=key).first()
        if sent is not None:
            return sent
        if files is None:
            files = look_into(uploads, address)
        try:
            return _ask(asked, key, address, files)
        except IntegrityError:
            continue  # the reference is taken, or the same form came twice at once
    raise DialogueError


@transaction.atomic
def _ask(asked: Asked, key: uuid.UUID, address: str, files: tuple[SentFile, ...]) -> Question:
    spend("question", address, MOST_QUESTIONS)
    made = Question.objects.create(
        reference=new_reference(PREFIX, clock.today()),
        code=new_code(),
        key=key,
        private={
            "name": asked.name,
            "contact": asked.contact,
            "title": asked.title,
            "text": asked.text,
        },
        show_name=asked.show_name,
        field=asked.field,
        place=asked.place,
        sent_at=clock.now(),
        keep_until=clock.today() + timedelta(days=OPEN_DAYS),
    )
    QuestionFile.objects.bulk_create(
        QuestionFile(
            question=made,
            number=number,
            kind=file.kind,
            name=file.name,
            size=len(file.content),
            content=file.content,
        )
        for number, file in enumerate(files, start=1)
    )
    with translation.override("vi"):
        wording = gettext(consent.WORDING)
    record_consent(
        (KIND, made.reference),
        purpose=consent.PURPOSE,
        wording=wording,
        wording_version=consent.VERSION,
        legal_basis=consent.LEGAL_BASIS,
    )
    QuestionEvent.objects.create(question=made, at=clock.now(), state=State.RECEIVED)
    return made


def may_work(user: Any) -> bool:
    """Officers of the province and of communes; an auditor looks and changes nothing."""
    if not isinstance(user, User) or not user.is_active:
        return False
    scope = scope_of(user)
    role = Role.PROVINCE_OFFICER if scope.everything else Role.COMMUNE_OFFICER
    return user.is_superuser or role.value in scope.roles


def steps_for(user: User, question: Question) -> list[Step]:
    """What this user may do with a question in the state it has."""
    if not may_work(user):
        return []
    return possible(question.state, provincial=scope_of(user).everything)


def forward(user: User, pk: int, revision: int, *, unit: Unit | None, agency: str) -> Question:
    """Hand a question to a commune, or to an agency of the province (no unit)."""
    note = " – ".join(part for part in (str(unit or ""), agency) if part)
    return _advance(user, pk, revision, "chuyen", note, unit=unit, agency=agency)


@transaction.atomic
def answer(
    user: User, pk: int, revision: int, *, attachments: Collection[int] = (), **wording: Any
) -> Question:
    """Write the answer, the public wording and which files (by number) go public with them.

    Nothing is published by it.
    """
    words = fold(f"{wording['title']} {wording['text']} {wording['answer']}")
    note = wording["agency"]
    question = _advance(user, pk, revision, "tra-loi", note, words=words, **wording)
    question.files.update(published=Case(When(number__in=attachments, then=True), default=False))
    return question


def publish(user: User, pk: int, revision: int) -> Question:
    """Show question and answer to everybody, with the name where that is allowed."""
    return _advance(user, pk, revision, "dang", "")


def take_down(user: User, pk: int, revision: int) -> Question:
    """Out of pages, feed and search; the answer stays with whoever asked."""
    return _advance(user, pk, revision, "go", "")


def refuse(user: User, pk: int, revision: int, *, reason: str) -> Question:
    """Not taken up, with a reason that whoever asked can read."""
    if not reason:
        raise NoReasonError
    return _advance(user, pk, revision, "tu-choi", "", reason=reason)


@transaction.atomic
def _advance(user: User, pk: int, revision: int, name: str, note: str, **values: Any) -> Question:
    """One step of the table: scope, right, state, then the row as it was seen."""
    question = Question.objects.visible_to(user).select_for_update().filter(pk=pk).first()
    step = STEPS[name]
    if question is None or not may_work(user):
        raise NotAllowedError
    if step.provincial and not scope_of(user).everything:
        raise NotAllowedError
    if question.revision != revision or question.state not in step.sources:
        raise StaleError
    if step.target == State.PUBLISHED:
        values |= _published(question)
    if step.target != State.FORWARDED:
        values["keep_until"] = _closed_until(question)
    values |= {"state": step.target, "revision": revision + 1}
    if not Question.objects.filter(pk=pk, revision=revision).update(**values):
        raise StaleError
    QuestionEvent.objects.create(
        question=question, at=clock.now(), by=user, state=step.target, note=note[:300]
    )
    if State.PUBLISHED in {step.target, question.state}:
        cache.bump()
        outbox.add(KIND, pk)
    question.refresh_from_db()
    return question


def _published(question: Question) -> dict[str, Any]:
    name = (question.private or {}).get("name", "") if question.show_name else ""
    return {
        "slug": question.slug or _free_slug(question.title),
        "published_at": question.published_at or clock.now(),
        "shown_name": name[:120],
    }


def _closed_until(question: Question) -> date:
    return min(question.keep_until, clock.today() + timedelta(days=CLOSED_DAYS))


def _free_slug(title: str) -> str:
    """Made of the title; the index page's own addresses are taken."""
    base = slugify_vi(title)[:110].rstrip("-") or "cau-hoi"
    rows = Question.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    taken = RESERVED | set(rows)
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in [base, *numbered] if slug not in taken)


@transaction.atomic
def erase_due() -> int:
    """Erase name, contact, wording and files of the sender after their days; returns how many.

    A file that is public with its answer stays, under no name; it goes when it is taken down.
    """
    passed = Question.objects.filter(keep_until__lt=clock.today())
    files = QuestionFile.objects.filter(question__in=passed)
    files.exclude(question__state=State.PUBLISHED, published=True).delete()
    files.filter(name__isnull=False).update(name=None)
    due = passed.filter(erased_at=None)
    return due.update(private=None, code=None, erased_at=clock.now())
