"""Personal records stay out of Wagtail's index, which knows neither scope nor window.

A model that becomes `index.Indexed` is copied word by word into a table of its own, whatever
encryption, retention and scope say, and its rows can be chosen and found in the back office.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from wagtail.models import Page
from wagtail.search import index

from portal.privacy.fields import EncryptedField

ROOMS = (
    "portal.registration",
    "portal.labour",
    "portal.forms",
    "portal.privacy",
    "portal.dialogue",
)
# Pages of these rooms: what everybody reads, and nothing that somebody sent.
PUBLIC_PAGES = {
    "registration.PublishedListIndexPage",
    "labour.LabourIndexPage",
    "labour.CampaignPage",
    "dialogue.DraftIndexPage",
    "dialogue.DraftPage",
    "dialogue.QuestionIndexPage",
}
KNOWN = {
    "registration.Declaration",
    "registration.ListEntry",
    "labour.WorkerSheet",
    "forms.Draft",
    "forms.Submission",
    "privacy.ConsentRecord",
    "privacy.SubjectRequest",
    "dialogue.Comment",
    "dialogue.Question",
    "dialogue.QuestionFile",
}


def is_personal(model: type[models.Model]) -> bool:
    """Whether rows may tell of a person: by its room, or by an encrypted column anywhere."""
    in_rooms = model.__module__.startswith(tuple(f"{room}." for room in ROOMS))
    closed = any(isinstance(field, EncryptedField) for field in model._meta.get_fields())
    return closed or (in_rooms and model._meta.label not in PUBLIC_PAGES)


def related(model: Any, fields: list[Any]) -> Iterator[type[models.Model]]:
    """The models whose columns go into the index with rows of this one."""
    for field in fields:
        if isinstance(field, index.RelatedFields):
            other = model._meta.get_field(field.field_name).related_model
            yield other
            yield from related(other, field.fields)


def exposed(found: list[Any]) -> list[str]:
    """The models whose personal rows would reach Wagtail's index, with the way they go."""
    told = []
    for model in found:
        if not issubclass(model, index.Indexed):
            continue
        if is_personal(model):
            told.append(model._meta.label)
        inside = related(model, model.get_search_fields())
        told += [f"{model._meta.label} → {one._meta.label}" for one in inside if is_personal(one)]
    return told


def test_no_personal_record_is_in_wagtails_index() -> None:
    """Attack: looking for a neighbour's name in a search box of the back office."""
    assert exposed(list(apps.get_models(include_auto_created=True))) == []


def test_the_walk_meets_the_records_that_it_is_for() -> None:
    """A room that moved would leave the first test with nothing to look at."""
    met = {model._meta.label for model in apps.get_models() if is_personal(model)}
    assert met >= KNOWN


def test_only_pages_are_left_aside() -> None:
    for label in PUBLIC_PAGES:
        assert issubclass(apps.get_model(label), Page), label


@isolate_apps("portal.forms")
@pytest.mark.parametrize("module", ["portal.forms.models", "portal.dialogue.questions.models"])
def test_an_indexed_record_is_told(module: str) -> None:
    options = type("Meta", (), {"app_label": "forms"})
    body = {"__module__": module, "Meta": options, "search_fields": []}
    record = type("Record", (index.Indexed, models.Model), body)
    assert exposed([record]) == ["forms.Record"]


@isolate_apps("portal.forms")
def test_a_record_indexed_with_a_page_is_told() -> None:
    """A page may hand over columns of what hangs on it."""
    options = type("Meta", (), {"app_label": "forms"})
    record = type("Record", (models.Model,), {"__module__": "portal.forms.models", "Meta": options})
    body = {
        "__module__": "portal.news.models",
        "Meta": options,
        "record": models.ForeignKey(record, models.CASCADE),
        "search_fields": [index.RelatedFields("record", [index.SearchField("name")])],
    }
    shelf = type("Shelf", (index.Indexed, models.Model), body)
    assert exposed([shelf]) == ["forms.Shelf → forms.Record"]
