"""No address opens a record of another commune: every address of the resolver is walked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from portal.areas.models import Assignment, Unit, User, Village
from portal.dialogue.models import Question, Thread
from portal.forms import registry
from portal.forms.models import Submission
from portal.home.models import PortalDocument, PortalImage
from portal.privacy.models import SubjectRequest
from portal.registration import services
from portal.registration.models import ListEntry, ListImport, PublishedList
from tests.forms.inbox.world import FORM, form_type
from tests.home.trees import Portal
from tests.registration.conftest import Units
from tests.security.addresses import (
    FOR_EVERYBODY,
    LOGIN,
    OPEN,
    OWN,
    PUBLIC_FILES,
    TITLES,
    kinds_of,
)
from tests.security.records import DRAFT, SECRETS, records_of
from tests.security.routes import Route, routes

pytestmark = pytest.mark.once
ALL = routes()
NAMING = [route for route in ALL if route.wants and route.name not in PUBLIC_FILES]
METHODS = ("get", "post")
OWNERS_ONLY = frozenset({"forms_export_file"})  # not even a superuser's
TAKING_OVER = {
    "version": "3",
    "first": "2026-11-23",
    "last": "2026-11-30",
    "reason": "Chiếm",
    "confirm": "1",
    "name": "Chiếm",
    "title": "Chiếm",
}
MODELS = (
    PublishedList,
    ListEntry,
    ListImport,
    Village,
    Assignment,
    Unit,
    User,
    Page,
    PortalDocument,
    PortalImage,
    EditingSession,
    Submission,
    Question,
    Thread,
    SubjectRequest,
)


@pytest.fixture(autouse=True)
def _form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of the arrived record."""
    monkeypatch.setattr(registry, "_types", {FORM: form_type()})


@pytest.fixture
def records(
    portal: Portal, published: PublishedList, officer: User, units: Units
) -> dict[str, Any]:
    """Records of xã Tân Trào behind every kind of address."""
    hidden = services.create_list("Danh sách nháp", "nhap", units.tan_trao, None)
    return records_of(portal, published, hidden, officer)


@pytest.fixture
def intruder(client: Client, foreign_officer: User) -> Client:
    """The officer of Yên Sơn, with every right on units, villages, assignments and lists."""
    rights = Permission.objects.filter(
        content_type__app_label__in=("areas", "registration")
    ).exclude(content_type__model="user")
    foreign_officer.user_permissions.add(*rights)
    client.force_login(foreign_officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(route: Route, records: dict[str, Any]) -> str:
    """The address of the records of Tân Trào; a kind without a record is an error of the test."""
    values = [records[kind] for kind in kinds_of(route) or ()]
    query = {"id": records["page"]}  # actions on several records name them here
    if route.wants[:1] == ("0",):
        return reverse(route.name, args=values, query=query)
    named = dict(zip(route.wants, values, strict=True))
    return reverse(route.name, kwargs=named, query=query)


def text_of(response: Any) -> str:
    """All that the browser gets, JSON with its letters as they are meant."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "json" in response.get("Content-Type", ""):
        return json.dumps(json.loads(body), ensure_ascii=False)
    return str(body.decode(errors="replace"))


def opened(
    client: Client,
    method: str,
    walked: Iterable[Route],
    records: dict[str, Any],
    messages: str = "/quan-tri/danh-sach/",
) -> list[str]:
    """What was answered where nothing should be; empty when every address is closed.

    `messages` is a page of the walker's own, which says what a refusal left to be said.
    """
    found = []
    for route in walked:
        place = address(route, records)
        data = TAKING_OVER if method == "post" else None
        response = getattr(client, method)(place, data)
        refused = response.status_code in {403, 404, 405} or _sent_away(response)
        told = text_of(response) + text_of(client.get(messages))
        allowed = {DRAFT} if route.name in TITLES else set()
        shown = {word for word in SECRETS if word in told} - allowed
        if shown or not (refused or route.name in OPEN):
            found.append(f"{route.name} {place}: {response.status_code} {sorted(shown)}")
    return found


def _sent_away(response: Any) -> bool:
    """Wagtail's refusal: home, or the login of the files."""
    place = response.get("Location", "").partition("?")[0]
    return response.status_code == 302 and place in {"/quan-tri/", "/_util/login/"}


def state() -> list[Any]:
    """Every record as the database holds it."""
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


def test_somebody_decided_on_every_address_that_names_a_record() -> None:
    """Attack: a new page of the portal is opened before anybody asked whose record it shows."""
    unknown = [f"{route.name} ({', '.join(route.wants)})" for route in NAMING]
    known = [f"{route.name} ({', '.join(route.wants)})" for route in NAMING if kinds_of(route)]
    assert unknown == known


def test_every_decided_address_still_exists() -> None:
    assert {*OWN, *OPEN, *TITLES} - {route.name for route in ALL} == set()


@pytest.mark.parametrize("method", METHODS)
def test_no_address_shows_or_changes_a_record_of_another_commune(
    intruder: Client, records: dict[str, Any], method: str
) -> None:
    """Attack: an officer walks through the numbers in all addresses of the portal."""
    before = state()
    assert opened(intruder, method, NAMING, records) == []
    assert state() == before


@pytest.mark.parametrize(
    "route",
    [each for each in NAMING if each.name in OWN and each.admin and each.name not in OWNERS_ONLY],
    ids=lambda route: route.name,
)
def test_the_addresses_of_the_walk_are_real(
    client: Client, records: dict[str, Any], route: Route
) -> None:
    client.force_login(User.objects.create_superuser("quantri"))
    response = client.get(address(route, records))
    assert response.status_code in {200, 202, 302, 405}
    assert reverse("wagtailadmin_login") not in response.get("Location", "")


@pytest.mark.parametrize("name", ["registration_list", "thon-to-dan-pho_modeladmin_edit"])
def test_the_own_officer_opens_what_the_foreign_one_does_not(
    client: Client, records: dict[str, Any], officer: User, name: str
) -> None:
    officer.user_permissions.add(Permission.objects.get(codename="change_village"))
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    route = next(each for each in NAMING if each.name == name)
    response = client.get(address(route, records))
    assert any(word in text_of(response) for word in SECRETS)


@pytest.mark.parametrize("method", METHODS)
def test_the_whole_back_office_asks_visitors_to_log_in(
    client: Client, records: dict[str, Any], method: str
) -> None:
    """Attack: somebody without an account types addresses of the back office."""
    walked = [route for route in ALL if route.admin and route.name not in FOR_EVERYBODY]
    let_in = [
        f"{route.name}: {response.status_code}"
        for route in walked
        if not (response := getattr(client, method)(place(route, records)))
        .get("Location", "")
        .startswith(LOGIN)
    ]
    assert let_in == []


def place(route: Route, records: dict[str, Any]) -> str:
    """Any address of the back office; those without a name are written as they stand."""
    if route.wants:
        return address(route, records)
    return "/quan-tri/khong-co/" if "/" in route.name else reverse(route.name)
