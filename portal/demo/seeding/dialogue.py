"""Comments, questions in every state, and drafts for comment; all invented, by the rooms' verbs."""

from __future__ import annotations

import tomllib
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from wagtail.models import Page

from portal.areas.models import Unit, User
from portal.areas.queries import unit_on
from portal.demo.content import DATA
from portal.demo.places import places_here
from portal.demo.seeding.pages import child, stream
from portal.dialogue.comments import services as comments
from portal.dialogue.comments.rooms import room_of
from portal.dialogue.models import Comment, DraftPage, Question
from portal.dialogue.questions import services as questions
from portal.dialogue.requests import services as requests
from portal.jobs import clock
from portal.news.models import ArticlePage, Field
from portal.privacy.models import SubjectRequest
from portal.privacy.subject_requests import advance

STARS = (5, 4, 5, 3)


def seed_dialogue(tree: dict[str, Page], by: User, today: date) -> None:
    """What does not stand yet: comments, questions and requests once, drafts by title."""
    with (DATA / "dialogue.toml").open("rb") as source:
        raw = places_here(today).told(tomllib.load(source))
    for draft in raw["draft"]:
        _seed_draft(tree["drafts"], draft, raw["draft_mark"], today)
    with transaction.atomic():
        if not Comment.objects.exists():
            _seed_comments(raw, by)
    with transaction.atomic():
        if not Question.objects.exists():
            for number, question in enumerate(raw["question"]):
                _seed_question(question, number, raw["mark"], by, today)
    with transaction.atomic():
        if not SubjectRequest.objects.exists():
            _seed_requests(raw["request"], by, today)


def _seed_requests(raw: list[dict[str, Any]], by: User, today: date) -> None:
    for number, each in enumerate(raw):
        private = {name: each[name] for name in ("name", "contact", "details")}
        sent_on = today - timedelta(days=each["days_ago"])
        with clock.frozen(datetime.combine(sent_on, time(8, 40 + number), clock.ZONE)):
            made = requests.file_request(uuid.uuid4(), each["kind"], private, f"minh-hoa-{number}")
            if "answer" in each:
                advance(by, made.pk, made.revision, "answered", each["answer"])


def _seed_draft(index: Page, raw: dict[str, Any], mark: str, today: date) -> None:
    child(
        index,
        DraftPage,
        raw["title"],
        raw["slug"],
        agency=raw["agency"],
        opens_on=today + timedelta(days=raw["opens_in"]),
        closes_on=today + timedelta(days=raw["closes_in"]),
        lead=raw["lead"],
        body=stream(raw["text"]),
        outcome=stream(raw.get("outcome", "")),
        demo_note=mark,
    )


def _seed_comments(raw: dict[str, Any], by: User) -> None:
    article = ArticlePage.objects.filter(title=raw["article"]).first()
    if article is not None:
        for number, comment in enumerate(raw["comment"]):
            made = _comment(article, comment["name"], comment["text"], _hours_ago(5 * number + 3))
            if comment["state"] != Comment.State.WAITING:
                shown = comment["state"] == Comment.State.APPROVED
                reason = comment.get("reason", "")
                comments.decide(by, [made.pk], approve=shown, reason=reason)
        room = room_of(article)
        for number, stars in enumerate(STARS if room else ()):
            comments.rate(room, uuid.uuid4(), stars, f"minh-hoa-{number}")  # type: ignore[arg-type]
    for draft in raw["draft"]:
        page = DraftPage.objects.get(title=draft["title"])
        last = datetime.combine(page.closes_on, time(10, 20), clock.ZONE)
        sent_at = min(last, _hours_ago(30))
        said = [_comment(page, name, text, sent_at) for name, text in draft["comments"]]
        comments.decide(by, [comment.pk for comment in said], approve=True)


def _hours_ago(hours: int) -> datetime:
    return clock.now() - timedelta(hours=hours)


def _comment(page: Page, name: str, text: str, sent_at: datetime) -> Comment:
    """As the public would have sent it, also where the period is over by now."""
    return Comment.objects.create(
        page_id=page.pk,
        key=uuid.uuid4(),
        name=name,
        text=text,
        words=comments.words_of(name, text),
        sent_at=sent_at,
    )


def _seed_question(raw: dict[str, Any], number: int, mark: str, by: User, today: date) -> None:
    field = Field.objects.filter(name=raw.get("field", "")).first()
    asked = questions.Asked(
        raw["name"],
        raw["contact"],
        raw["title"],
        raw["text"],
        raw["show_name"],
        field,
        _unit(raw.get("place", ""), today),
    )
    sent_on = today - timedelta(days=raw["days_ago"])
    with clock.frozen(datetime.combine(sent_on, time(9, 15 + number), clock.ZONE)):
        made = questions.ask(asked, uuid.uuid4(), f"minh-hoa-{number}")
    if raw["step"] in {"chuyen", "dang"}:
        unit = _unit(raw.get("unit", ""), today)
        made = questions.forward(by, made.pk, made.revision, unit=unit, agency=raw["agency"])
    if raw["step"] == "dang":
        made = questions.answer(
            by,
            made.pk,
            made.revision,
            title=raw["title"],
            text=f"{raw['text']}\n\n({mark})",
            answer=raw["answer"],
            agency=raw["agency"],
            answered_on=sent_on + timedelta(days=4),
        )
        questions.publish(by, made.pk, made.revision)
    if raw["step"] == "tu-choi":
        questions.refuse(by, made.pk, made.revision, reason=raw["reason"])


def _unit(code: str, today: date) -> Unit | None:
    return unit_on(code, today) if code else None
