"""Looking for somebody: folded names, references, whole citizen numbers; nothing in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from portal.forms.inbox import searching
from tests.forms.inbox.conftest import Login
from tests.forms.inbox.test_list import LIST, listed, look
from tests.forms.inbox.world import NUMBER, World, answers_of, send


def search(client: Client, typed: str, **filters: str) -> Any:
    return client.post(reverse("forms_search"), {"q": typed, **filters}, follow=True)


@pytest.mark.parametrize(
    "typed", ["nguyễn thị ân", "NGUYEN THI AN", "an nguyen", "ân", "ngu", "nguye\u0302\u0303n"]
)
def test_a_name_is_found_folded_and_in_any_order(world: World, login: Login, typed: str) -> None:
    wanted = send(world.here)
    send(world.here, name="Trần Văn Đức")
    assert listed(search(login("xa"), typed)) == [wanted.reference]


@pytest.mark.parametrize("typed", ["nguyen thi duc", "guyen", "%", "_", "an_nguyen"])
def test_every_word_must_begin_a_word_of_the_name(world: World, login: Login, typed: str) -> None:
    send(world.here)
    assert listed(search(login("xa"), typed)) == []


def test_the_name_stands_in_no_address(world: World, login: Login) -> None:
    record = send(world.here)
    client = login("xa")
    response = search(client, "nguyễn thị ân", cho="3", sap="ten")
    place = unquote(response.redirect_chain[-1][0]).lower()
    assert "nguy" not in place
    assert {"cho", "sap", "tim"} == set(parse_qs(urlsplit(place).query))
    assert 'value="nguyễn thị ân"' in response.content.decode()
    assert "nguy" not in reverse("forms_record", args=[record.pk])


def test_a_search_is_kept_over_pages_sorting_and_records(world: World, login: Login) -> None:
    for number in range(51):
        send(world.here, name=f"Nguyễn Thị {chr(65 + number % 26)}")
    send(world.here, name="Trần Văn Đức")
    client = login("xa")
    first = search(client, "nguyen")
    query = first.context["query"]
    assert len(listed(first)) == 50
    assert len(look(client, f"{query}&trang=2")) == 1
    links = [column.query for column in first.context["columns"] if column.query]
    assert [len(look(client, link)) for link in links] == [50] * len(links)
    opened = client.get(
        reverse("forms_record", args=[first.context["rows"][0].record.pk]) + f"?{query}&vt=1"
    )
    assert parse_qs(opened.context["back"])["tim"] == parse_qs(query)["tim"]


def test_another_officer_cannot_open_the_words_of_an_address(world: World, login: Login) -> None:
    send(world.here)
    query = search(login("xa"), "bí mật").context["query"]
    response = login("tinh").get(f"{LIST}?{query}")
    assert response.context["narrowing"].is_lost
    assert "bí mật" not in response.content.decode()
    assert len(listed(response)) == 1


def test_a_changed_token_opens_nothing(world: World) -> None:
    user = world.users["xa"]
    token = searching.sealed("ân", user)
    assert searching.opened(token, user) == "ân"
    assert searching.opened(token[:-2], user) is None
    assert searching.opened("", user) is None
    assert searching.opened("Zm9v", user) is None


@pytest.mark.parametrize("typed", ["{ref}", " {ref} ", "{low}", "{bare}"])
def test_a_pasted_reference_opens_its_record_whatever_the_filters(
    world: World, login: Login, typed: str
) -> None:
    record = send(world.here)
    send(world.here)
    ref = record.reference
    text = typed.format(ref=ref, low=ref.lower(), bare=ref.replace("-", ""))
    response = login("xa").post(reverse("forms_search"), {"q": text, "trang-thai": "received"})
    assert response["Location"] == reverse("forms_record", args=[record.pk])


def test_a_foreign_reference_is_as_unknown_as_one_that_never_was(
    world: World, login: Login
) -> None:
    foreign = send(world.there)
    send(world.here)
    client = login("xa")
    known, unknown = search(client, foreign.reference), search(client, "RS-26-0000-0000")
    assert listed(known) == listed(unknown) == []
    assert known.status_code == unknown.status_code == 200


@pytest.mark.parametrize("typed", [NUMBER, "008 090 001 234", "008090001234 "])
def test_a_whole_citizen_number_finds_its_records_and_is_shown_nowhere(
    world: World, login: Login, typed: str
) -> None:
    wanted = send(world.here)
    send(world.here, answers=answers_of("Trần Văn Đức", so="008090009999"))
    response = search(login("xa"), typed)
    assert listed(response) == [wanted.reference]
    place = response.redirect_chain[-1][0]
    page = response.content.decode()
    assert NUMBER not in place + page
    assert wanted.citizen_blind not in place + page
    assert wanted.citizen_blind


def test_a_part_of_a_number_finds_nothing(world: World, login: Login) -> None:
    send(world.here)
    assert listed(search(login("xa"), NUMBER[:11])) == []


def test_a_number_in_the_address_is_not_taken(world: World, login: Login) -> None:
    send(world.here)
    send(world.here, answers=answers_of("Trần Văn Đức", so="008090009999"))
    assert len(look(login("xa"), f"q={NUMBER}")) == 2
