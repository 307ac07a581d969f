"""The record: answers in words, what stands around them, what may be done with it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from portal.forms import access, registry
from portal.forms.errors import WrongCodeError
from portal.forms.inbox import answers
from portal.forms.loading import build
from portal.forms.models import Submission
from portal.forms.registry import FormType
from portal.jobs import clock
from portal.privacy.models import ReadEvent
from portal.registration.models import ReviewRound
from tests.forms.inbox.conftest import Login
from tests.forms.inbox.world import (
    CODE,
    FORM,
    NAME,
    NUMBER,
    QUESTIONNAIRE,
    SECRET_ILLNESS,
    World,
    answers_of,
    cells_of,
    desk,
    erase,
    kept_by_nobody,
    send,
)


def to(name: str, record: Submission, *more: str) -> str:
    return reverse(f"forms_{name}", args=[record.pk, *more])


def opened(client: Client, record: Submission, query: str = "") -> Any:
    response = client.get(to("record", record) + query)
    assert response.status_code == 200
    return response


def receive(client: Client, record: Submission, revision: int, query: str = "") -> Any:
    return client.post(to("receive", record) + query, {"revision": revision}, follow=True)


def said(response: Any) -> list[tuple[str, str]]:
    """The messages of the next page with their level."""
    return [(one.level_tag, str(one)) for one in response.context["messages"]]


def test_answers_are_read_as_questions_and_words(world: World, login: Login) -> None:
    record = send(world.here, world.village)
    html = desk(opened(login("xa"), record))
    text = cells_of(html)
    assert "Họ và tên Nguyễn Thị Ân" in text
    assert "7. Nhà ở Nhà tạm" in text
    assert "Lý Văn Bé" in text
    assert "Ngày sinh 02/05/2018" in text
    assert "Lớp 3A" in text
    assert text.index("Chủ hộ") < text.index("Thành viên") < text.index("Lý Văn Bé")
    assert html.count('class="state sensitive"') == 1
    assert html.index("Bệnh") < html.index('class="state sensitive"') < html.index(SECRET_ILLNESS)


def test_a_question_without_an_answer_says_so(world: World, login: Login) -> None:
    chapters = opened(login("xa"), send(world.here)).context["facts"].chapters
    rows = {row.field.name: row.words for row in chapters[0].parts[0].rows}
    assert rows == {
        "ten": NAME,
        "so": NUMBER,
        "benh": SECRET_ILLNESS,
        "nha": "Nhà tạm",
        "ghi_chu": "",
    }


def test_an_answer_stays_visible_when_its_question_would_not_be_put_today(
    world: World, form: FormType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reference day of a later round makes the child older."""
    record = send(world.here)
    day = clock.today().replace(year=2040)
    later = replace(form, round=lambda: ReviewRound(reference_day=day))
    monkeypatch.setattr(registry, "_types", {FORM: later})
    walk = answers.walk_of(record)
    assert walk is not None
    rows = answers.chapters(walk)[1].parts[0].rows
    assert [(row.field.name, row.words) for row in rows] == [
        ("ten_nguoi", "Lý Văn Bé"),
        ("sinh", "02/05/2018"),
        ("lop", "3A"),
    ]


def test_an_older_version_is_read_under_its_own_questions(
    world: World, login: Login, form: FormType, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = send(world.here)
    newer = build(QUESTIONNAIRE | {"version": "2027-1", "steps": QUESTIONNAIRE["steps"][1:]})
    both = replace(form, versions={**form.versions, "2027-1": newer})
    monkeypatch.setattr(registry, "_types", {FORM: both})
    assert "Nhà tạm" in desk(opened(login("xa"), record))


def test_a_version_that_is_not_installed_is_a_sentence(world: World, login: Login) -> None:
    record = send(world.here, version="1999-1")
    html = desk(opened(login("xa"), record))
    assert "1999-1" in html
    assert SECRET_ILLNESS not in html


def test_sections_of_the_form_stand_on_the_page(world: World, login: Login) -> None:
    html = desk(opened(login("xa"), send(world.here)))
    assert f"<h2>Điểm của {NAME}</h2>" in html
    assert "62 điểm tạm tính" in html


def test_proof_consent_and_history(world: World, login: Login) -> None:
    typist = world.users["xa"]
    record = send(world.here, means="paper", entered_by=typist, days=1)
    record.entry.refresh_from_db()
    client = login("xa")
    receive(client, record, 1)
    text = cells_of(desk(opened(client, record)))
    assert "02545" in text
    assert record.entry.hash[:16] in text
    assert record.entry.hash not in text
    assert "dong-y-3" in text
    assert "Luật 91/2025/QH15, Điều 9" in text
    history = opened(client, record).context["facts"].history
    assert [(event.at, event.by) for event in history] == [
        (record.sent_at, "cb-xa"),
        (clock.now(), "cb-xa"),
    ]


def test_reading_is_logged_and_nothing_is_kept_by_the_browser(world: World, login: Login) -> None:
    record = send(world.here)
    response = opened(login("xa"), record)
    event = ReadEvent.objects.get()
    assert (event.user, event.action, event.record_id, event.unit) == (
        world.users["xa"],
        "read",
        str(record.pk),
        world.here,
    )
    assert kept_by_nobody(response)
    page = response.content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert record.reference in title
    assert NAME not in title


def test_doubles_are_linked_in_the_own_area_and_counted_elsewhere(
    world: World, login: Login
) -> None:
    record, own = send(world.here), send(world.here, world.village, name="Nguyễn Ân")
    foreign = send(world.there, name="Người Lạ Kín")
    send(world.here, form="cu")
    send(world.here, answers=answers_of("Trần Văn Đức", so="008090009999"))
    response = opened(login("xa"), record)
    doubles = response.context["facts"].doubles
    html = desk(response)
    assert (doubles.count, doubles.hidden) == (2, 1)
    assert to("record", own) in html
    assert own.reference in html
    assert to("record", foreign) not in html
    assert foreign.reference not in html
    assert "Người Lạ Kín" not in html
    assert opened(login("tinh"), record).context["facts"].doubles.hidden == 0


def test_without_a_number_there_are_no_doubles(world: World, login: Login) -> None:
    record = send(world.here, answers={"ten": NAME})
    send(world.here, answers={"ten": NAME})
    assert opened(login("xa"), record).context["facts"].doubles.count == 0


def test_an_erased_record_shows_that_it_was_and_nothing_else(world: World, login: Login) -> None:
    record = erase(send(world.here, world.village))
    client = login("xa")
    html = desk(opened(client, record))
    assert record.reference in opened(client, record).content.decode()
    assert record.entry.hash[:16] in html
    assert "help-info" in html
    assert "<form" not in html
    for secret in (NAME, NUMBER, SECRET_ILLNESS, "dong-y-3", "mau-01", "62 điểm"):
        assert secret not in html
    assert client.get(to("paper", record, "mau-01")).status_code == 404
    before = Submission.objects.values().get(pk=record.pk)
    assert said(receive(client, record, 1))[0][0] == "error"
    assert said(client.post(to("new_code", record), follow=True))[0][0] == "error"
    assert said(client.get(to("new_code", record), follow=True))[0][0] == "error"
    assert Submission.objects.values().get(pk=record.pk) == before


def test_a_form_is_marked_as_received(world: World, login: Login) -> None:
    record = send(world.here)
    client = login("xa")
    button = f'name="revision" value="{record.revision}"'
    assert button in desk(opened(client, record))
    response = receive(client, record, record.revision)
    record.refresh_from_db()
    assert (record.state, record.received_by, record.received_at, record.revision) == (
        "received",
        world.users["xa"],
        clock.now(),
        2,
    )
    assert said(response)[0][0] == "success"
    assert 'name="revision"' not in desk(response)


def test_the_second_click_is_told_politely(world: World, login: Login) -> None:
    record = send(world.here)
    first, second = login("xa"), login("tinh")
    receive(first, record, 1)
    again, colleague = receive(first, record, 1), receive(second, record, 1)
    assert [said(answer)[-1][0] for answer in (again, colleague)] == ["info", "info"]
    record.refresh_from_db()
    assert (record.received_by, record.revision) == (world.users["xa"], 2)


@pytest.mark.parametrize("revision", ["7", "", "x", "-1", "99999999999999999999"])
def test_a_stale_page_changes_nothing_and_says_why(
    world: World, login: Login, revision: str
) -> None:
    record = send(world.here)
    response = login("xa").post(to("receive", record), {"revision": revision}, follow=True)
    record.refresh_from_db()
    assert said(response)[0][0] == "error"
    assert record.state == "sent"


def test_receiving_needs_the_token_of_the_page(world: World, login: Login) -> None:
    record = send(world.here)
    client = login("xa", csrf=True)
    assert client.post(to("receive", record), {"revision": 1}).status_code == 403
    record.refresh_from_db()
    assert record.state == "sent"


def test_a_new_code_is_shown_once_and_kills_the_old_one(world: World, login: Login) -> None:
    record = send(world.here)
    client = login("xa")
    question = desk(client.get(to("new_code", record)))
    record.refresh_from_db()
    assert record.code == CODE
    assert "<form" in question
    response = client.post(to("new_code", record))
    code = response.context["code"].replace(" ", "")
    record.refresh_from_db()
    assert record.code == code
    assert code != CODE
    assert response.context["code"] in desk(response)
    assert kept_by_nobody(response)
    assert response.context["code"] not in client.get(to("new_code", record)).content.decode()
    assert access.open_record(record.reference, code, "10.0.0.1") == record
    with pytest.raises(WrongCodeError):
        access.open_record(record.reference, CODE, "10.0.0.1")


def test_a_new_code_is_written_down_without_the_code(world: World, login: Login) -> None:
    record = send(world.here)
    client = login("xa")
    response = client.post(to("new_code", record))
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.timestamp, entry.user, entry.object_id, entry.label) == (
        "forms.new_code",
        clock.now(),
        world.users["xa"],
        str(record.pk),
        record.reference,
    )
    assert response.context["code"].replace(" ", "") not in str(entry.data)
    assert [event.by for event in opened(client, record).context["facts"].history][-1] == "cb-xa"


def test_a_paper_is_a_pdf_and_printing_is_logged(world: World, login: Login) -> None:
    record = send(world.here)
    client = login("xa")
    assert to("paper", record, "mau-01") in desk(opened(client, record))
    response = client.get(to("paper", record, "mau-01"))
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 1
    assert response["Content-Type"] == "application/pdf"
    assert record.reference in response["Content-Disposition"]
    assert kept_by_nobody(response)
    assert ReadEvent.objects.filter(action="print", record_id=str(record.pk)).count() == 1


def test_a_paper_that_cannot_be_made_is_a_sentence_and_no_print(world: World, login: Login) -> None:
    record = send(world.here)
    response = login("xa").get(to("paper", record, "hong"), follow=True)
    assert said(response)[0][0] == "error"
    assert not ReadEvent.objects.filter(action="print").exists()


def test_an_unknown_paper_is_not_found(world: World, login: Login) -> None:
    record = send(world.here)
    assert login("xa").get(to("paper", record, "khac")).status_code == 404


def places(response: Any) -> tuple[str, str]:
    """The records before and after, by the last number of their address."""
    found = response.context["neighbours"]
    return tuple(
        address.partition("?")[0].rstrip("/").rpartition("/")[2]
        for address in (found.before, found.after)
    )


def test_next_and_previous_follow_the_filter(world: World, login: Login) -> None:
    first, second, third = (send(world.here, days=days, name="Lý A") for days in (9, 8, 7))
    send(world.here, days=8, name="Lý A", state="received", received_at=clock.now())
    client = login("xa")
    rows = client.get(reverse("forms_inbox") + "?trang-thai=sent").context["rows"]
    assert [(row.record, row.position) for row in rows] == [(first, 1), (second, 2), (third, 3)]
    query = "?trang-thai=sent&vt={}"
    assert places(opened(client, first, query.format(1))) == ("", str(second.pk))
    assert places(opened(client, second, query.format(2))) == (str(first.pk), str(third.pk))
    assert places(opened(client, third, query.format(3))) == (str(second.pk), "")
    following = opened(client, first, query.format(1)).context["neighbours"].after
    assert places(client.get(following)) == (str(first.pk), str(third.pk))


def test_after_taking_in_the_next_one_is_still_the_next_one(world: World, login: Login) -> None:
    first, second, third = (send(world.here, days=days) for days in (9, 8, 7))
    response = receive(login("xa"), second, 1, "?trang-thai=sent&vt=2")
    assert places(response) == (str(first.pk), str(third.pk))
    assert "trang-thai=sent" in response.context["neighbours"].after


def test_without_a_list_there_is_no_next_one(world: World, login: Login) -> None:
    record = send(world.here)
    send(world.here)
    assert places(opened(login("xa"), record)) == ("", "")
    assert places(opened(login("xa"), record, "?vt=abc")) == ("", "")


def test_a_record_costs_a_fixed_number_of_queries(
    world: World, login: Login, django_assert_max_num_queries: Any
) -> None:
    record = send(world.here, world.village)
    for _copy in range(12):
        send(world.here)
    client = login("xa")
    client.get(to("record", record))  # a process learns types and menus at its first page
    with django_assert_max_num_queries(25):
        client.get(to("record", record) + "?vt=2")
