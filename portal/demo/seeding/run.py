"""The whole demo in one go; every part looks first what stands already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import translation
from wagtail.models import Page

from portal.areas.models import Assignment, Unit, User
from portal.demo.errors import DemoError
from portal.demo.seeding import (
    arrivals,
    component,
    dialogue,
    forms,
    labour,
    lists,
    organisation,
    pages,
    papers,
    people,
)
from portal.dialogue.models import Comment, Question
from portal.forms.models import Submission
from portal.home.models import HomePage, NewsOffer, PortalImage
from portal.jobs import clock
from portal.news.models import OfficialDocumentPage, Relation
from portal.privacy.models import SubjectRequest
from portal.registration.models import ReviewRound
from portal.registration.services import withdraw_expired
from portal.start.services import own_province

T = TypeVar("T")
Tell = Callable[[str], None]


def seed(tell: Tell = lambda _line: None) -> bool:
    """Fill in whatever is missing; needs the units (`load_units`).

    Tells of the parts that were not whole and returns whether there was one: a second run is
    silent.
    """
    _refuse_another_province(own_province())
    parts, today = _Parts(tell), clock.today()
    with translation.override("vi"):
        prepared = pages.prepare()
        for name in prepared.made:
            parts.say(name)
        _fill(parts, prepared.home, today)
        withdraw_expired()
        if lists.seed_lists(today):
            parts.say("published lists")
    return parts.changed


def _fill(parts: _Parts, home: HomePage, today: date) -> None:
    with transaction.atomic():
        tree = parts.watch("pages", (Page,), lambda: pages.seed_tree(home))
        parts.watch("organisation", (Page,), lambda: organisation.seed_organisation(home, today))
        parts.watch("form pages", (Page,), lambda: forms.seed_form_pages({**tree, "home": home}))
        parts.watch("review round", (ReviewRound,), lambda: forms.seed_round(today))
    parts.watch("accounts", (User, Assignment), lambda: people.seed_people(home, today))
    documents = parts.watch(
        "official documents",
        (OfficialDocumentPage, Relation),
        lambda: papers.seed_documents(tree["documents"], today),
    )

    def write() -> None:
        pages.seed_articles(tree, documents, today)
        pages.seed_notices(tree["notices"], today)

    with transaction.atomic():
        parts.watch("articles and notices", (Page, PortalImage), write)
        parts.watch(
            "campaigns",
            (Page,),
            lambda: labour.seed_campaigns(tree["labour"], documents.get(labour.PLAN), today),
        )
    with transaction.atomic():
        parts.watch(
            "sites of units",
            (Page, User, NewsOffer),
            lambda: component.seed_components(home, tree, today),
        )
    chief = User.objects.get(username="quantri")
    parts.watch(
        "comments, questions and drafts",
        (Page, Comment, Question, SubjectRequest),
        lambda: dialogue.seed_dialogue(tree, chief, today),
    )
    parts.watch("arrived forms", (Submission,), lambda: arrivals.seed_arrivals(today))


class _Parts:
    """Which parts grew; rows are only ever added here."""

    def __init__(self, tell: Tell) -> None:
        self.tell, self.changed = tell, False

    def say(self, name: str) -> None:
        """A part was not whole."""
        self.changed = True
        self.tell(name)

    def watch(self, name: str, models: tuple[type[Model], ...], work: Callable[[], T]) -> T:
        """Do the work of a part, and say so when it left more rows than there were."""
        before = [model._default_manager.count() for model in models]
        result = work()
        if [model._default_manager.count() for model in models] != before:
            self.say(name)
        return result


def _refuse_another_province(province: Unit) -> None:
    """Two provinces in one demo would be neither."""
    chief = Assignment.objects.filter(user__username=people.CHIEF).select_related("unit").first()
    if chief is not None and chief.unit.code != province.code:
        raise DemoError(
            f"PORTAL_PROVINCE: this database holds the demo of {chief.unit}; "
            f"use another one for {province}."
        )
