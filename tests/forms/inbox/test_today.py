"""The officers' first page: counts of the own area, cards of other rooms, the menu."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import format_html

from portal.forms.inbox import today
from portal.jobs import clock
from portal.privacy.models import ReadEvent
from tests.forms.inbox.conftest import Login
from tests.forms.inbox.world import FORM, NAME, World, cells_of, desk, erase, kept_by_nobody, send

TODAY = "/quan-tri/hom-nay/"


def received(world: World, by: str, days: int) -> None:
    send(
        world.here,
        state="received",
        received_by=world.users[by],
        received_at=clock.now() - timedelta(days=days),
    )


def test_what_waits_is_counted_by_form_with_the_oldest(world: World, login: Login) -> None:
    send(world.here, days=1)
    send(world.here, days=9)
    send(world.here, days=2, form="cu")
    send(world.there, days=30)
    erase(send(world.here, days=40))
    response = login("xa").get(TODAY)
    assert [(row.form, row.count, row.days, row.late) for row in response.context["waiting"]] == [
        ("Tờ khai thử", 2, 9, 1),
        ("cu", 1, 2, 0),
    ]
    assert NAME not in response.content.decode()
    assert not ReadEvent.objects.exists()
    assert kept_by_nobody(response)


def test_its_links_lead_to_the_records_they_count(world: World, login: Login) -> None:
    send(world.here, days=1)
    late = send(world.here, days=9)
    send(world.here, state="received", received_at=clock.now())
    client = login("xa")
    row = client.get(TODAY).context["waiting"][0]
    assert len(client.get(f"/quan-tri/ho-so/?{row.query}").context["rows"]) == row.count == 2
    listed = client.get(f"/quan-tri/ho-so/?{row.late_query}").context["rows"]
    assert [one.record for one in listed] == [late]


def test_the_week_begins_on_monday(world: World, login: Login) -> None:
    received(world, "xa", 0)
    received(world, "tinh", 2)
    received(world, "xa", 3)
    assert login("xa").get(TODAY).context["received"] == {"all": 2, "own": 1}


def test_nothing_to_do_is_said(world: World, login: Login) -> None:
    html = desk(login("xa").get(TODAY))
    assert "<table" not in html
    assert f"/quan-tri/ho-so/nhap/?mau={FORM}" in html


def test_an_auditor_gets_no_links_to_type_in(world: World, login: Login) -> None:
    send(world.here)
    html = desk(login("kiemtra").get(TODAY))
    assert "/nhap/" not in html
    assert "Tờ khai thử 1" in cells_of(html)


def test_other_rooms_add_cards(world: World, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "_cards", {})
    today.register("b", lambda request: format_html("<h2>{}</h2>", request.user.get_username()))
    today.register("a", lambda request: None)
    html = desk(login("xa").get(TODAY))
    assert '<section class="card"><h2>cb-xa</h2></section>' in html
    assert html.count('class="card"') == 4


def menu(client: Client) -> str:
    page: str = client.get("/quan-tri/", follow=True).content.decode()
    return page


@pytest.mark.parametrize("name", ["xa", "tinh", "thon", "kiemtra"])
def test_the_menu_leads_there(world: World, login: Login, name: str) -> None:
    page = menu(login(name))
    assert f'"{TODAY}"' in page
    assert '"/quan-tri/ho-so/"' in page
    assert page.index(TODAY) < page.index("/quan-tri/ho-so/")


def test_an_editor_without_an_area_sees_no_room(world: World, login: Login) -> None:
    page = menu(login("bientap"))
    assert TODAY not in page
    assert "/quan-tri/ho-so/" not in page


def test_today_costs_few_queries(
    world: World, login: Login, django_assert_max_num_queries: object
) -> None:
    for days in range(5):
        send(world.here, days=days)
    client = login("xa")
    client.get(TODAY)  # a process learns types and menus at its first page
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(TODAY)
