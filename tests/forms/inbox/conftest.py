"""The little world, a form that a page mounts, and clients that are logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.files.storage import storages
from django.test import Client

from portal.areas.officers import forget_scopes
from portal.forms import registry
from portal.forms.inbox import exporting
from portal.forms.registry import FormType
from portal.jobs import clock
from portal.jobs import registry as job_registry
from portal.jobs.models import Job
from tests.forms.inbox.world import FORM, WEDNESDAY, World, form_type

MOUNT = "/ra-soat-thu/"


@pytest.fixture(autouse=True)
def _wednesday(db: None) -> Iterator[None]:
    """All tests of the room begin on a Wednesday morning."""
    forget_scopes()
    with clock.frozen(WEDNESDAY):
        yield


@pytest.fixture(autouse=True)
def form(monkeypatch: pytest.MonkeyPatch) -> FormType:
    """The only form that is offered."""
    made = form_type()
    monkeypatch.setattr(registry, "_types", {FORM: made})
    monkeypatch.setattr(registry, "_mounts", [{FORM: MOUNT}.get])
    monkeypatch.setitem(job_registry._kinds, exporting.KIND, exporting.run)
    monkeypatch.setattr(Job._meta.get_field("result_file"), "storage", storages["private"])
    return made


@pytest.fixture
def world(db: None) -> World:
    """Two communes and their officers."""
    return World()


Login = Callable[[str], Client]


@pytest.fixture
def login(world: World) -> Login:
    """A browser of one of the users; several may be open at a time."""

    def open_browser(name: str, *, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open_browser
