"""Every address of the inbox × every role × a foreign commune: nothing leaks, nothing changes."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.forms.inbox import services
from portal.forms.inbox.access import may_decide, may_see, may_work
from portal.forms.inbox.urls import urlpatterns
from portal.forms.models import Draft, Submission
from portal.jobs.models import Job
from portal.privacy.models import ConsentRecord, ReadEvent
from tests.forms.inbox.conftest import Login
from tests.forms.inbox.world import (
    CODE,
    NAME,
    NUMBER,
    SECRET_ILLNESS,
    World,
    kept_by_nobody,
    make_user,
    send,
)

pytestmark = pytest.mark.once

NAMES = [pattern.name for pattern in urlpatterns]
OF_A_RECORD = {
    "forms_record": (),
    "forms_receive": (),
    "forms_new_code": (),
    "forms_paper": ("mau-01",),
}
CHANGING = ("forms_receive", "forms_new_code", "forms_type_in", "forms_export")
PLAIN = ("forms_today", "forms_inbox", "forms_search", "forms_type_in", "forms_export")
SECRETS = (NAME, NUMBER, SECRET_ILLNESS, CODE)
TAKING = {
    "revision": "1",
    "q": NAME,
    "reason": "Lấy dữ liệu của xã khác",
    "mau": "thu",
    "ai": "self",
}
METHODS = ("get", "post", "head")
# They have an area of their own, and the record is not in it.
STRANGERS = ("xakhac", "thonkhac", "thon2")


@pytest.fixture
def record(world: World) -> Submission:
    """A record of Tân Trào's other village, which the intruders do not work for."""
    world.users["thon2"] = make_user("thon2", "village_head", world.here, world.village)
    return send(world.here, world.other_village)


def address(name: str, record: Submission) -> str:
    if name == "forms_export_file":
        return reverse(name, args=[1])
    if name in OF_A_RECORD:
        return reverse(name, args=[record.pk, *OF_A_RECORD[name]])
    return reverse(name)


def state_of(record: Submission) -> Any:
    """Everything that could change."""
    return (
        Submission.objects.values().get(pk=record.pk),
        Draft.objects.count(),
        Job.objects.count(),
        ConsentRecord.objects.count(),
    )


def told(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode(errors="replace")) + str(dict(response.items()))


def attempts(client: Client, method: str, record: Submission) -> list[tuple[str, Any]]:
    """The answers of all addresses."""
    return [(name, getattr(client, method)(address(name, record), TAKING)) for name in NAMES]


def faults(client: Client, method: str, record: Submission, refused: set[int]) -> list[str]:
    """What was told, or answered where nothing should be; empty when every address is closed."""
    found = []
    for name, response in attempts(client, method, record):
        text = told(response)
        shown = [word for word in (*SECRETS, record.reference) if word in text]
        closed = response.status_code in refused or name not in OF_A_RECORD
        if shown or not closed:
            found.append(f"{name}: {response.status_code} {shown}")
    return found


def is_sent_away(response: Any) -> bool:
    """The admin's refusal; an address that knows no such method says that instead."""
    return response.status_code == 405 or response.get("Location") == "/quan-tri/"


def test_every_address_is_walked() -> None:
    assert sorted(NAMES) == sorted([*OF_A_RECORD, *PLAIN, "forms_export_file"])


@pytest.mark.parametrize("name", STRANGERS)
@pytest.mark.parametrize("method", METHODS)
def test_a_foreign_record_does_not_exist(
    login: Login, record: Submission, name: str, method: str
) -> None:
    before = state_of(record)
    assert faults(login(name), method, record, {404, 405}) == []
    assert state_of(record) == before
    assert not ReadEvent.objects.filter(record_id=str(record.pk)).exists()


@pytest.mark.parametrize("method", METHODS)
def test_an_editor_without_an_area_is_sent_away(
    login: Login, record: Submission, method: str
) -> None:
    before = state_of(record)
    client = login("bientap")
    assert faults(client, method, record, {302, 405}) == []
    assert all(is_sent_away(response) for _name, response in attempts(client, method, record))
    assert state_of(record) == before
    assert not ReadEvent.objects.exists()


def test_a_village_head_sees_but_does_not_decide(
    world: World, login: Login, record: Submission
) -> None:
    own = send(world.here, world.village)
    client = login("thon2")
    page = client.get(address("forms_record", own)).content.decode()
    assert NAME in page
    assert "/nhan/" not in page
    assert "/ma-moi/" not in page
    before = state_of(own)
    assert is_sent_away(client.post(address("forms_receive", own), TAKING))
    assert is_sent_away(client.post(address("forms_new_code", own), TAKING))
    assert is_sent_away(client.get(address("forms_new_code", own)))
    assert state_of(own) == before


def test_an_auditor_sees_everything_and_changes_nothing(login: Login, record: Submission) -> None:
    client = login("kiemtra")
    page = client.get(address("forms_record", record)).content.decode()
    assert NAME in page
    assert 'method="post" action="/quan-tri/ho-so/' not in page
    before = state_of(record)
    answers = [client.post(address(route, record), TAKING) for route in CHANGING]
    assert all(is_sent_away(response) for response in answers)
    assert state_of(record) == before


@pytest.mark.parametrize("method", METHODS)
def test_an_anonymous_visitor_is_asked_to_log_in(record: Submission, method: str) -> None:
    answers = attempts(Client(), method, record)
    assert all(answer["Location"].startswith("/quan-tri/login/") for _name, answer in answers)


@pytest.mark.parametrize("name", ["xa", "tinh"])
def test_those_whose_work_it_is_may(
    world: World, login: Login, record: Submission, name: str
) -> None:
    user = world.users[name]
    assert may_work(user)
    assert may_decide(user, record)
    login(name).post(address("forms_receive", record), TAKING)
    record.refresh_from_db()
    assert record.received_by == user


def test_rights_by_role(world: World, record: Submission) -> None:
    users = world.users
    assert {name: may_see(user) for name, user in users.items()} == {
        name: name != "bientap" for name in users
    }
    assert {name for name, user in users.items() if may_work(user)} == {
        "tinh",
        "xa",
        "xakhac",
        "thon",
        "thon2",
        "thonkhac",
    }
    assert {name for name, user in users.items() if may_decide(user, record)} == {"tinh", "xa"}


def test_an_auditor_who_is_also_an_officer_changes_nothing(
    world: World, record: Submission
) -> None:
    both = make_user("cahai", "auditor", world.province)
    both.assignments.create(role="commune_officer", unit=world.here, valid_from="2025-07-01")
    assert may_see(both)
    assert not may_work(both)
    assert not may_decide(both, record)


@pytest.mark.parametrize("method", METHODS)
def test_a_retired_officer_sees_nothing(
    world: World, login: Login, record: Submission, method: str
) -> None:
    world.users["xa"].assignments.update(valid_to="2026-11-24")
    before = state_of(record)
    answers = attempts(login("xa"), method, record)
    assert [name for name, response in answers if not is_sent_away(response)] == []
    assert state_of(record) == before


@pytest.mark.parametrize("name", ["xakhac", "thon", "thon2", "kiemtra", "bientap"])
def test_the_verbs_ask_for_scope_and_right_themselves(
    world: World, record: Submission, name: str
) -> None:
    before = state_of(record)
    with pytest.raises(services.NotYoursError):
        services.receive(world.users[name], record.pk, 1)
    with pytest.raises(services.NotYoursError):
        services.give_new_code(world.users[name], record.pk)
    assert state_of(record) == before


def test_posts_need_the_token_of_the_page(login: Login, record: Submission) -> None:
    client = login("xa", csrf=True)
    before = state_of(record)
    answers = [client.post(address(route, record), TAKING) for route in ("forms_search", *CHANGING)]
    assert {response.status_code for response in answers} == {403}
    assert state_of(record) == before


def test_no_page_is_kept_by_a_browser(login: Login, record: Submission) -> None:
    answers = [
        *attempts(login("xa"), "get", record),
        *attempts(login("xa"), "post", record),
    ]
    shown = [(name, one) for name, one in answers if one.status_code in {200, 302}]
    assert len(shown) > 10
    assert [name for name, response in shown if not kept_by_nobody(response)] == []


@pytest.mark.parametrize("pk", [0, 10**30])
@pytest.mark.parametrize("route", [*OF_A_RECORD, "forms_export_file"])
def test_a_record_that_never_was_is_not_found(login: Login, pk: int, route: str) -> None:
    place = reverse(route, args=[pk, *OF_A_RECORD.get(route, ())])
    client = login("xa")
    assert client.get(place).status_code in {404, 405}
    assert client.post(place, TAKING).status_code in {404, 405}


def test_names_reach_no_log(
    login: Login, record: Submission, caplog: pytest.LogCaptureFixture
) -> None:
    client = login("xa")
    with caplog.at_level(logging.DEBUG):
        client.post(reverse("forms_search"), {"q": NAME}, follow=True)
        client.get(address("forms_record", record))
        client.post(address("forms_new_code", record))
        client.get(reverse("forms_paper", args=[record.pk, "hong"]))
    lines = [entry.getMessage() for entry in caplog.records if entry.name != "django.db.backends"]
    assert any("could not be set" in line for line in lines)
    assert [line for line in lines if "nguy" in line.lower() or NUMBER in line] == []
