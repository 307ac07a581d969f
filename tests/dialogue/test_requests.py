"""Requests about one's own data: deadlines that count, the province alone, everything logged."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils.translation import gettext as _

from portal.areas.models import Role, User
from portal.dialogue.requests import services
from portal.jobs import clock
from portal.privacy import deadlines, subject_requests
from portal.privacy.models import ReadEvent, SubjectRequest
from portal.privacy.subject_requests import RequestRefusedError, advance
from tests.areas.builders import make_officer, make_province
from tests.dialogue.conftest import WEDNESDAY, Visitor, desk
from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("portal")]

FORM = "/du-lieu-ca-nhan/"
SENT, FOLLOW = f"{FORM}da-gui/", f"{FORM}tra-cuu/"
DESK = "/quan-tri/du-lieu-ca-nhan/"
TYPED = {
    "kind": "delete",
    "details": "Xóa câu hỏi tôi đã gửi tháng trước.",
    "name": "Ma Thị Đức",
    "contact": "duc@example.vn",
}
PRIVATE = {name: TYPED[name] for name in ("name", "contact", "details")}


def arrived(kind: str = "see") -> SubjectRequest:
    """A request as it came."""
    return services.file_request(uuid.uuid4(), kind, PRIVATE, uuid.uuid4().hex)


def code_of(request: SubjectRequest) -> dict[str, str]:
    """What was noted down."""
    return {"reference": request.reference, "code": str(request.code)}


def test_a_request_gets_reference_code_and_its_two_days(visitor: Visitor) -> None:
    assert visitor.send(FORM, **TYPED)["Location"] == SENT
    request = SubjectRequest.objects.get()
    receipt = visitor.client.get(SENT).content.decode()
    for text in (request.reference, "27/11/2026", "15/12/2026"):
        assert text in receipt
    followed = Visitor("b").client.post(FOLLOW, code_of(request)).content.decode()
    assert _("not answered yet") in followed
    assert "Ma Thị Đức" not in followed
    assert "no-store" in visitor.client.get(FORM)["Cache-Control"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("sent", "until"),
    [("2026-11-25", "2026-11-27"), ("2026-11-26", "2026-11-30"), ("2026-11-28", "2026-12-01")],
)
def test_the_answer_is_due_on_the_second_working_day(sent: str, until: str) -> None:
    assert deadlines.answer_by(date.fromisoformat(sent)).isoformat() == until


@pytest.mark.parametrize(
    ("kind", "days"), [("see", 10), ("correct", 10), ("withdraw", 15), ("delete", 20)]
)
def test_each_kind_has_its_own_days(kind: str, days: int) -> None:
    assert arrived(kind).act_by == WEDNESDAY.date() + timedelta(days=days)


def test_the_desk_counts_working_days_then_days_then_says_late(province_officer: User) -> None:
    request, browser = arrived(), desk(province_officer)
    assert (request.days_left, request.is_late) == (2, False)
    assert "27/11/2026" in browser.get(DESK).content.decode()
    with clock.frozen(WEDNESDAY + timedelta(days=5)):  # Monday
        assert request.is_late
        late = _("late since %(day)s") % {"day": "27/11/2026"}
        assert late in browser.get(DESK).content.decode()
    data = {"revision": 1, "state": "answered", "outcome": "Sẽ gửi trước ngày 05/12."}
    browser.post(f"{DESK}{request.pk}/xu-ly/", data)
    request.refresh_from_db()
    assert (request.state, request.days_left) == ("answered", 10)


def test_whoever_asked_reads_the_answer_and_every_act_is_logged(
    province_officer: User, visitor: Visitor
) -> None:
    request = arrived()
    browser = desk(province_officer)
    assert "duc@example.vn" in browser.get(f"{DESK}{request.pk}/").content.decode()
    for number, state in enumerate(("answered", "done"), start=1):
        data = {"revision": number, "state": state, "outcome": f"Trả lời {state}"}
        assert browser.post(f"{DESK}{request.pk}/xu-ly/", data).status_code == 302
    page = visitor.client.post(FOLLOW, code_of(request)).content.decode()
    assert "Trả lời done" in page
    states = list(request.events.order_by("pk").values_list("state", "by__username"))
    assert states == [("received", None), ("answered", "canbo-tinh"), ("done", "canbo-tinh")]
    assert ReadEvent.objects.filter(record_kind="privacy.subjectrequest", action="read").exists()
    assert request.reference not in browser.get(DESK).content.decode()
    assert request.reference in browser.get(f"{DESK}?trang-thai=done").content.decode()


def test_a_commune_sees_nothing_and_an_auditor_changes_nothing(officer: User) -> None:
    """Attack: an officer of a commune, then an auditor, works on a request by its number."""
    auditor = make_officer("kiemtoan", Role.AUDITOR, make_province(), permissions=("access_admin",))
    request = arrived()
    data = {"revision": 1, "state": "refused", "outcome": "Không"}
    for user, seen in ((officer, 302), (auditor, 200)):
        browser = desk(user)
        assert browser.get(DESK).status_code == seen
        assert browser.get(f"{DESK}{request.pk}/").status_code == seen
        assert browser.post(f"{DESK}{request.pk}/xu-ly/", data).status_code == 302
        with pytest.raises(RequestRefusedError):
            advance(user, request.pk, 1, "refused", "Không")
    request.refresh_from_db()
    assert request.state == "received"


def test_what_is_ended_or_was_changed_meanwhile_stays(province_officer: User) -> None:
    request = arrived()
    advance(province_officer, request.pk, 1, "done", "Đã gửi")
    for revision, state in ((1, "refused"), (2, "answered"), (2, "received")):
        with pytest.raises(RequestRefusedError):
            advance(province_officer, request.pk, revision, state, "Khác")
    data = {"revision": 1, "state": "refused", "outcome": "Chữ vừa gõ"}
    place = f"{DESK}{request.pk}/xu-ly/"
    assert desk(province_officer).post(place, data).status_code == 200


def test_guessed_replayed_and_repeated_requests(visitor: Visitor) -> None:
    """Attack: one form many times, many forms from one address, and codes tried in turn."""
    seal = visitor.seal(FORM)
    for _number in range(3):
        assert visitor.send(FORM, seal=seal, **TYPED).status_code == 302
    request = SubjectRequest.objects.get()
    assert [visitor.send(FORM, **TYPED).status_code for _n in range(3)] == [302, 302, 429]
    for number in range(5):
        guess = {"reference": request.reference, "code": f"{number:08}"}
        visitor.client.post(FOLLOW, guess)
    page = visitor.client.post(FOLLOW, code_of(request)).content.decode()
    assert _("not answered yet") not in page


def test_mistakes_keep_what_was_typed(visitor: Visitor) -> None:
    answer = visitor.send(FORM, **(TYPED | {"kind": "", "contact": "?"})).content.decode()
    assert _("Choose what you ask for.") in answer
    assert _("This is neither a telephone number nor an e-mail address.") in answer
    assert TYPED["details"] in answer


def test_it_lies_encrypted_and_ends_a_year_after_it_was_served(province_officer: User) -> None:
    request = arrived()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_subjectrequest")
        stored = str([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    assert "duc@example" not in stored
    advance(province_officer, request.pk, 1, "done", "Đã gửi")
    with clock.frozen(WEDNESDAY + timedelta(days=365)):
        assert subject_requests.erase_due() == 0
    with clock.frozen(WEDNESDAY + timedelta(days=366)):
        assert subject_requests.erase_due() == 1
    request.refresh_from_db()
    assert (request.private, request.outcome, request.code) == (None, None, None)
    assert desk(province_officer).get(f"{DESK}{request.pk}/").status_code == 200


def test_the_privacy_of_the_form_is_said(portal: Portal, visitor: Visitor) -> None:
    page = visitor.client.get(FORM).content.decode()
    assert "356/2025" in page
    assert 'name="robots" content="noindex"' in page
