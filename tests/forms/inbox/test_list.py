"""The list: scope, filters, search, order, pages, the log, and its cost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext

from portal.forms import ledger
from portal.forms.inbox import searching
from portal.forms.models import LedgerChain, LedgerEntry, Means, Submission
from portal.jobs import clock
from portal.privacy.models import ReadEvent
from search.text import name_key, name_sort_key
from tests.forms.inbox.conftest import Login
from tests.forms.inbox.world import FORM, World, cells_of, desk, erase, send

LIST = "/quan-tri/ho-so/"


def listed(response: Any) -> list[str]:
    """The references of the table, in order."""
    return [row.record.reference for row in response.context["rows"]]


def look(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return listed(response)


def test_everybody_sees_the_own_area_and_nothing_else(world: World, login: Login) -> None:
    mine = send(world.here, world.village)
    neighbour = send(world.here, world.other_village)
    foreign = send(world.there)
    nobodys = send(None)
    everything = {one.reference for one in (mine, neighbour, foreign, nobodys)}
    assert set(look(login("tinh"))) == everything
    assert set(look(login("kiemtra"))) == everything
    assert set(look(login("xa"))) == {mine.reference, neighbour.reference}
    assert look(login("thon")) == [mine.reference]
    assert look(login("xakhac")) == [foreign.reference]


def test_a_row_says_who_where_since_when_and_who_typed_it(world: World, login: Login) -> None:
    typist = world.users["xa"]
    record = send(
        world.here, world.village, days=4, means=Means.PAPER, entered_by=typist, filler="member"
    )
    page = desk(login("xa").get(LIST))
    row = cells_of(page[page.index("<tbody>") : page.index("</tbody>")])
    assert record.reference in row
    assert "Nguyễn Thị Ân" in row
    assert "Tờ khai thử" in row
    assert "xã Tân Trào" in row
    assert "Thôn Bòng" in row
    assert "21/11/2026 4 " in row
    assert record.get_state_display() in row
    assert record.get_filler_display() in row
    assert "cb-xa" in row


def test_an_empty_inbox_says_so_and_an_empty_filter_offers_everything(
    world: World, login: Login
) -> None:
    client = login("xa")
    empty = client.get(LIST)
    assert empty.context["narrowing"].is_empty
    assert "<table" not in desk(empty)
    send(world.here)
    narrowed = client.get(f"{LIST}?trang-thai=received")
    assert not listed(narrowed)
    assert f'href="{LIST}"' in desk(narrowed)


def test_each_filter_narrows(world: World, login: Login) -> None:
    client = login("tinh")
    old = send(world.here, days=16)
    new = send(world.there, means=Means.PAPER, entered_by=world.users["tinh"])
    done = send(None, days=9, state="received", received_at=clock.now())
    other = send(world.here, days=5, form="lao-dong")
    named = {
        "mau=thu": {old, new, done},
        "mau=lao-dong": {old, new, done, other},  # no form of this portal: said, not filtered
        "trang-thai=received": {done},
        "trang-thai=sent": {old, new, other},
        f"xa={world.here.pk}": {old, other},
        "xa=0": {done},
        "cach=paper": {new},
        "cho=3": {old, other},
        "cho=7": {old},
        "cho=15": {old},
        "tu=2026-11-16&den=2026-11-20": {done, other},
        "den=2026-11-09": {old},
        "tu=2026-11-25": {new},
        f"xa={world.here.pk}&cho=7&trang-thai=sent": {old},
    }
    found = {query: set(look(client, query)) for query in named}
    assert found == {
        query: {record.reference for record in records} for query, records in named.items()
    }


def test_waiting_counts_days_of_the_calendar_of_viet_nam(world: World, login: Login) -> None:
    last_night = send(world.here, days=4, name="Lý A")
    Submission.objects.filter(pk=last_night.pk).update(
        sent_at=clock.now().replace(hour=0, minute=1) - timedelta(days=3)
    )
    client = login("xa")
    assert client.get(LIST).context["rows"][0].days == 3
    assert look(client, "cho=3") == []
    Submission.objects.update(sent_at=clock.now().replace(hour=23, minute=59) - timedelta(days=4))
    assert look(client, "cho=3") == [last_night.reference]


@pytest.mark.parametrize(
    "query",
    [
        "xa=999999999999999999999999",
        "xa=-1",
        "xa=abc",
        "cho=0 or 1=1",
        "tu=0001-01-01&den=9999-12-31",
        "tu=hom-qua",
        "trang=9999",
        "trang=abc",
        "sap=answers",
        "sap=--ten",
        "trang-thai=%00",
        "tim=%00%C4%91",
        "vt=99999999999999999999",
    ],
)
def test_an_address_by_hand_is_answered(world: World, login: Login, query: str) -> None:
    send(world.here)
    response = login("xa").get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert len(listed(response)) == 1


def test_a_filter_that_cannot_be_read_says_so_at_its_field(world: World, login: Login) -> None:
    response = login("xa").get(f"{LIST}?tu=hom-qua")
    assert "error-message" in response.content.decode()


def test_bug_days_the_wrong_way_round_gave_an_empty_list_without_a_word(
    world: World, login: Login
) -> None:
    send(world.here)
    response = login("xa").get(f"{LIST}?tu=2026-11-20&den=2026-11-01")
    assert gettext("The last day is before the first.") in response.content.decode()
    assert not response.context["narrowing"].is_sound


def test_a_foreign_commune_in_the_address_shows_nothing(world: World, login: Login) -> None:
    send(world.here)
    send(world.there)
    assert look(login("xa"), f"xa={world.there.pk}") == []


def test_only_the_province_chooses_a_commune(world: World, login: Login) -> None:
    send(world.here)
    send(world.there)
    wide = login("tinh").get(LIST).content.decode()
    assert f'<option value="{world.here.pk}">' in wide
    assert f'<option value="{world.there.pk}">' in wide
    narrow = login("xa").get(LIST).content.decode()
    assert 'name="xa"' not in narrow
    assert "Yên Sơn" not in narrow


def sorted_names(client: Client, sort: str) -> list[str]:
    rows = client.get(f"{LIST}?sap={sort}").context["rows"]
    return [row.name for row in rows]


def test_every_order_goes_both_ways(world: World, login: Login) -> None:
    done = {"state": "received", "received_at": clock.now()}
    send(world.here, world.village, days=2, name="Lý An")
    send(world.there, days=5, name="Trần Ăn")
    send(None, days=9, name="Bùi Đức", **done)
    send(world.here, days=1, name="Nguyễn Ân")
    client = login("tinh")
    assert {sort: sorted_names(client, sort) for sort in ("ten", "ngay", "cho", "trang-thai")} == {
        "ten": ["Lý An", "Trần Ăn", "Nguyễn Ân", "Bùi Đức"],
        "ngay": ["Bùi Đức", "Trần Ăn", "Lý An", "Nguyễn Ân"],
        "cho": ["Nguyễn Ân", "Lý An", "Trần Ăn", "Bùi Đức"],
        "trang-thai": ["Nguyễn Ân", "Lý An", "Trần Ăn", "Bùi Đức"],
    }
    assert {
        sort: sorted_names(client, sort) for sort in ("-ten", "-ngay", "-cho", "xa", "-xa")
    } == {
        "-ten": ["Bùi Đức", "Nguyễn Ân", "Trần Ăn", "Lý An"],
        "-ngay": ["Nguyễn Ân", "Lý An", "Trần Ăn", "Bùi Đức"],
        "-cho": ["Trần Ăn", "Lý An", "Nguyễn Ân", "Bùi Đức"],
        "xa": ["Lý An", "Nguyễn Ân", "Trần Ăn", "Bùi Đức"],
        "-xa": ["Trần Ăn", "Lý An", "Nguyễn Ân", "Bùi Đức"],
    }
    assert sorted_names(client, "-trang-thai")[0] == "Bùi Đức"


def test_without_a_wish_what_waits_longest_comes_first(world: World, login: Login) -> None:
    send(world.here, days=1, name="Lý A")
    send(world.here, days=8, name="Lý B")
    send(world.here, days=20, name="Lý C", state="received", received_at=clock.now())
    assert [row.name for row in login("xa").get(LIST).context["rows"]] == ["Lý B", "Lý A", "Lý C"]


def test_headings_say_the_order_and_turn_it_round(world: World, login: Login) -> None:
    send(world.here)
    client = login("xa")
    page = client.get(f"{LIST}?sap=ten").content.decode()
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="ascending"' in page
    assert "?sap=-ten" in page
    turned = client.get(f"{LIST}?sap=-ten").content.decode()
    assert 'aria-sort="descending"' in turned


def test_every_listed_record_is_logged_once(world: World, login: Login) -> None:
    shown = {send(world.here).pk, send(world.here).pk}
    send(world.there)
    login("xa").get(LIST)
    events = ReadEvent.objects.all()
    assert {(event.action, event.record_kind, event.unit_id) for event in events} == {
        ("list", "forms.submission", world.here.pk)
    }
    assert sorted(int(event.record_id) for event in events) == sorted(shown)


def test_an_erased_record_is_listed_without_a_name(world: World, login: Login) -> None:
    record = erase(send(world.here, name="Trần Văn Đức"))
    page = login("xa").get(LIST).content.decode()
    assert record.reference in page
    assert "Trần Văn Đức" not in page
    assert "<em>" in page


def test_a_record_of_a_form_that_nobody_offers_any_more_is_still_listed(
    world: World, login: Login
) -> None:
    record = send(world.here, form="cu")
    assert look(login("xa")) == [record.reference]


def test_a_script_in_a_name_is_text(world: World, login: Login) -> None:
    send(world.here, name="<script>alert(1)</script>")
    page = login("xa").get(LIST).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def many(world: World, count: int) -> None:
    """So many records without the cost of building them one by one."""
    chain = LedgerChain.objects.create(name="thu", head=ledger.START)
    now = clock.now()
    entries = LedgerEntry.objects.bulk_create(
        LedgerEntry(
            chain=chain,
            number=number,
            at=now,
            form=FORM,
            version="1",
            digest="0" * 64,
            previous="0" * 64,
            hash=f"{number:064}",
        )
        for number in range(1, count + 1)
    )
    sample = send(world.here, world.village)
    Submission.objects.bulk_create(
        Submission(
            form=FORM,
            version=sample.version,
            reference=f"RS-26-{number:09}"[:15],
            key=uuid.uuid4(),
            answers={"ten": f"Ma Thị {number}"},
            unit=(world.here, world.there)[number % 2],
            village=None,
            name_key=name_key(f"Ma Thị {number}"),
            sort_key=name_sort_key(f"Ma Thị {number}"),
            filler="self",
            means=Means.PAPER,
            entered_by=world.users["xa"],
            sent_at=now - timedelta(days=number % 30),
            keep_until=sample.keep_until,
            entry=entry,
        )
        for number, entry in enumerate(entries, 1)
    )


@pytest.mark.once
def test_ten_thousand_records_cost_no_more_queries_than_one_page(
    world: World, login: Login, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    many(world, 10_000)
    client = login("tinh")
    client.get(LIST)  # a process learns types and menus at its first page
    token = searching.sealed("ma thi 77", world.users["tinh"])
    queries = ("", f"mau=thu&cho=3&xa={world.here.pk}&sap=-ten&trang=3", f"tim={token}&sap=xa")
    for query in queries:
        with django_assert_max_num_queries(15):
            response = client.get(f"{LIST}?{query}")
        assert response.status_code == 200
        assert listed(response)
