"""The weekly schedule: which week is shown, how it is entered, and the file for calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.areas.models import User
from portal.home import calendar_file, weeks
from portal.home.models import ScheduleEntry, ScheduleIndexPage, ScheduleWeekPage
from portal.home.week_copies import copy_to_next_week
from portal.jobs import clock
from portal.start.groups import prepare_groups
from tests.home.organised import add_week
from tests.home.trees import Portal

pytestmark = pytest.mark.once

THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=clock.ZONE)
MONDAY = date(2026, 11, 23)
A_WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _on_thursday() -> Iterator[None]:
    with clock.frozen(THURSDAY):
        yield


@pytest.fixture
def schedule(portal: Portal) -> ScheduleIndexPage:
    """The schedule with three weeks."""
    index = ScheduleIndexPage(title="Lịch công tác", slug="lich-cong-tac")
    portal.home.add_child(instance=index)
    for place, content in ((-1, "Họp tuần trước"), (0, "Họp tuần này"), (1, "Họp tuần sau")):
        add_week(index, MONDAY + place * A_WEEK, content)
    return index


def text(client: Client, address: str) -> str:
    """What a reader gets."""
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "monday"),
    [
        ("2026-W48", MONDAY),
        ("2026-w48", MONDAY),
        ("2026-W01", date(2025, 12, 29)),
        ("2026-W53", date(2026, 12, 28)),
        ("2025-W53", None),
        ("2026-W00", None),
        ("0000-W01", None),
        ("2026-48", None),
        ("2026-W48'", None),
        ("", None),
    ],
)
def test_weeks_are_named_as_the_calendar_does(name: str, monday: date | None) -> None:
    assert weeks.monday_named(name) == monday


@pytest.mark.django_db
def test_this_week_is_shown_with_its_neighbours(
    schedule: ScheduleIndexPage, client: Client
) -> None:
    html = text(client, "/lich-cong-tac/")
    assert "Họp tuần này" in html
    assert "Họp tuần trước" not in html
    assert "24/11/2026" in html
    assert 'rel="prev" href="/lich-cong-tac/2026-w47/"' in html
    assert 'rel="next" href="/lich-cong-tac/2026-w49/"' in html


@pytest.mark.django_db
def test_monday_brings_the_new_week_without_anybody(
    schedule: ScheduleIndexPage, client: Client
) -> None:
    with clock.frozen(THURSDAY + timedelta(days=4)):
        assert "Họp tuần sau" in text(client, "/lich-cong-tac/")


@pytest.mark.django_db
def test_other_weeks_have_addresses_and_the_row_of_weeks_ends(
    schedule: ScheduleIndexPage, client: Client
) -> None:
    """A link to a week without entries would lead a crawler on for ever."""
    answer = client.get("/lich-cong-tac/?tuan=2026-W49")
    assert answer["Location"] == "/lich-cong-tac/2026-w49/"
    last = text(client, "/lich-cong-tac/2026-w49/")
    assert "Họp tuần sau" in last
    assert 'rel="next"' not in last
    assert client.get("/lich-cong-tac/2026-w50/").status_code == 404
    empty = text(client, "/lich-cong-tac/?tuan=2030-W01")
    assert 'rel="prev" href="/lich-cong-tac/2026-w49/"' in empty
    assert 'rel="next"' not in empty


@pytest.mark.django_db
def test_entries_stand_by_day_and_hour_and_today_is_marked(
    schedule: ScheduleIndexPage, client: Client
) -> None:
    week = ScheduleWeekPage.objects.get(monday=MONDAY)
    week.entries = [
        ScheduleEntry(day=3, starts_at=time(14), content="Buổi chiều"),
        ScheduleEntry(day=3, starts_at=time(8), content="Buổi sáng"),
        ScheduleEntry(day=0, content="Cả ngày"),
    ]
    week.save_revision().publish()
    html = text(client, "/lich-cong-tac/")
    assert html.index("Cả ngày") < html.index("Buổi sáng") < html.index("Buổi chiều")
    assert html.count('class="day today"') == 1


@pytest.mark.django_db
def test_title_and_address_come_from_any_day_of_the_week(schedule: ScheduleIndexPage) -> None:
    page = ScheduleWeekPage(monday=date(2026, 12, 31), locale=schedule.locale)
    schedule.add_child(instance=page)
    assert (page.monday, page.slug) == (date(2026, 12, 28), "2026-w53")
    assert "28/12/2026" in page.title
    assert "03/01/2027" in page.title


@pytest.mark.django_db
def test_a_week_is_entered_once(schedule: ScheduleIndexPage) -> None:
    again = ScheduleWeekPage(monday=MONDAY + timedelta(days=2), locale=schedule.locale)
    with pytest.raises(ValidationError) as refused:
        schedule.add_child(instance=again)
    assert list(refused.value.message_dict) == ["monday"]


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(9), time(8)), (time(9), time(9)), (None, time(9))]
)
def test_an_end_has_a_beginning_before_it(starts: time | None, ends: time) -> None:
    with pytest.raises(ValidationError) as refused:
        ScheduleEntry(content="Họp", starts_at=starts, ends_at=ends).clean()
    assert list(refused.value.message_dict) == ["ends_at"]


@pytest.mark.django_db
def test_a_week_for_calendar_programs(schedule: ScheduleIndexPage, client: Client) -> None:
    week = ScheduleWeekPage.objects.get(monday=MONDAY)
    week.entries.add(ScheduleEntry(day=4, content="Trực, cơ quan; cả ngày", sort_order=9))
    week.save_revision().publish()
    answer = client.get("/lich-cong-tac/2026-w48/ics/")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="lich-cong-tac-2026-w48.ics"' in answer["Content-Disposition"]
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART:20261124T010000Z" in lines  # 8:00 in Việt Nam
    assert "DTEND:20261124T023000Z" in lines
    assert "DTSTART;VALUE=DATE:20261127" in lines
    assert "SUMMARY:Trực\\, cơ quan\\; cả ngày" in lines


@pytest.mark.once
def test_no_text_of_an_entry_ends_its_line_in_the_file() -> None:
    """Attack: a content with a line break smuggles another event into subscribers' calendars."""
    evil = "Họp\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:giả\r"
    entry = ScheduleEntry(pk=1, content=evil, place="P\n1")
    made = calendar_file.calendar(
        "Tuần", [calendar_file.event(MONDAY, entry)], "localhost", THURSDAY
    )
    lines = made.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    assert not any({"\n", "\r"} & set(line) for line in lines)
    assert max(len(line.encode()) for line in lines) <= calendar_file.OCTETS


@pytest.mark.once
def test_long_lines_are_folded_between_letters() -> None:
    folded = calendar_file.folded("SUMMARY:" + "ễ" * 100)
    assert folded.replace("\r\n ", "") == "SUMMARY:" + "ễ" * 100
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))


@pytest.fixture
def editor(portal: Portal) -> User:
    """Somebody of the editors' group."""
    groups, _given = prepare_groups([portal.home])
    user = User.objects.create_user("bientap", password="Demo-2026")
    user.groups.set([groups["Biên tập viên"]])
    return user


@pytest.mark.django_db
def test_last_week_is_copied_into_a_draft_of_the_first_free_week(
    schedule: ScheduleIndexPage, editor: User, client: Client
) -> None:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    week = ScheduleWeekPage.objects.get(monday=MONDAY)
    address = f"/quan-tri/lich-cong-tac/{week.pk}/tuan-sau/"
    assert address in client.get(f"/quan-tri/pages/{week.pk}/edit/").content.decode()
    client.get(address)
    assert ScheduleWeekPage.objects.count() == 3  # a link alone makes nothing
    client.post(address)
    made = ScheduleWeekPage.objects.get(monday=MONDAY + 2 * A_WEEK)
    assert (made.live, made.slug) == (False, "2026-w50")
    assert [entry.content for entry in made.entries.all()] == ["Họp tuần này"]
    assert "Họp tuần này" not in client.get("/lich-cong-tac/2026-w49/").content.decode()


@pytest.mark.django_db
def test_a_copy_keeps_the_old_week_as_it_is(schedule: ScheduleIndexPage, editor: User) -> None:
    week = ScheduleWeekPage.objects.get(monday=MONDAY)
    made = copy_to_next_week(week, editor)
    made.entries = [ScheduleEntry(day=0, content="Khác")]
    made.save()
    week.refresh_from_db()
    assert week.monday == MONDAY
    assert [entry.content for entry in ScheduleWeekPage.objects.get(pk=week.pk).entries.all()] == [
        "Họp tuần này"
    ]


@pytest.mark.django_db
def test_who_may_not_edit_makes_no_week(schedule: ScheduleIndexPage, client: Client) -> None:
    """Attack: an officer without rights on pages posts to the address of the copy."""
    groups, _given = prepare_groups([])
    user = User.objects.create_user("canbo", password="Demo-2026")
    user.groups.set([groups["Cán bộ"]])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    week = ScheduleWeekPage.objects.get(monday=MONDAY)
    client.post(f"/quan-tri/lich-cong-tac/{week.pk}/tuan-sau/")
    assert ScheduleWeekPage.objects.count() == 3


@pytest.mark.django_db
def test_an_editor_types_a_week_in_the_back_office(
    schedule: ScheduleIndexPage, editor: User, client: Client
) -> None:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    values: dict[str, Any] = {
        "monday": "09/12/2026",
        "note": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "0",
        "entries-0-day": "2",
        "entries-0-starts_at": "07:30",
        "entries-0-ends_at": "11:00",
        "entries-0-content": "Tiếp công dân",
        "entries-0-ORDER": "1",
        "action-publish": "1",
    }
    address = f"/quan-tri/pages/add/home/scheduleweekpage/{schedule.pk}/"
    assert client.get(address).status_code == 200
    answer = client.post(address, values)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "Tiếp công dân" in text(client, "/lich-cong-tac/2026-w50/")
    again = client.post(address, values)
    assert list(again.context["form"].errors) == ["monday"]
    assert "Tiếp công dân" in again.content.decode()  # nothing typed is lost
