"""The read log and the proofs of consent are written once; auditors read the log."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from portal.areas.models import Role, User
from portal.privacy.errors import AppendOnlyError
from portal.privacy.models import ConsentRecord, ReadEvent
from portal.privacy.services import log_read, log_reads, record_consent
from tests.areas.builders import make_commune, make_officer, make_province, make_village

pytestmark = pytest.mark.django_db
Attempt = Callable[[ReadEvent, ReadEvent], object]
ATTEMPTS: dict[str, Attempt] = {
    "save": lambda event, _copy: event.save(),
    "save a copy": lambda _event, copy: copy.save(),
    "delete": lambda event, _copy: event.delete(),
    "delete all": lambda _event, _copy: ReadEvent.objects.all().delete(),
    "base manager": lambda _event, _copy: ReadEvent._base_manager.all().delete(),
    "update": lambda _event, _copy: ReadEvent.objects.update(action="print"),
    "bulk update": lambda event, _copy: ReadEvent.objects.bulk_update([event], ["action"]),
    "update or create": lambda event, _copy: ReadEvent.objects.update_or_create(
        pk=event.pk, defaults={"action": "print"}
    ),
    "upsert": lambda event, _copy: ReadEvent.objects.bulk_create(
        [event], update_conflicts=True, unique_fields=["pk"], update_fields=["action"]
    ),
}
URL = "/quan-tri/nhat-ky-doc/"


@pytest.fixture
def event() -> ReadEvent:
    """An officer of Tân Trào read a village's record."""
    officer = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune())
    return log_read(officer, make_village(make_commune()))


def _refused(attempt: Attempt, event: ReadEvent, copy: ReadEvent) -> bool:
    try:
        with transaction.atomic():
            attempt(event, copy)
    except AppendOnlyError:
        return True
    return False


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_reading_names_user_record_and_unit_but_no_person(event: ReadEvent) -> None:
    kept = ReadEvent.objects.get()
    assert (kept.user.username, kept.record_kind, kept.action) == ("canbo", "areas.village", "read")
    assert str(kept.unit) == "xã Tân Trào"
    assert str(kept) == f"areas.village {kept.record_id}"


def test_a_list_is_logged_row_by_row(event: ReadEvent) -> None:
    rows = [make_village(make_commune(), f"Thôn {number}") for number in range(3)]
    log_reads(event.user, rows, ReadEvent.Action.EXPORT)
    assert ReadEvent.objects.filter(action="export").count() == 3


def test_the_log_is_never_changed_or_deleted(event: ReadEvent) -> None:
    """An officer with code access tries to erase the traces."""
    event.action = ReadEvent.Action.PRINT
    copy = ReadEvent(pk=event.pk, user=event.user, action="print", at=event.at)
    copy._state.adding = False
    assert [name for name, attempt in ATTEMPTS.items() if not _refused(attempt, event, copy)] == []
    assert list(ReadEvent.objects.values_list("pk", "action")) == [(event.pk, "read")]


def test_a_user_who_read_something_is_not_deleted(event: ReadEvent) -> None:
    """The account is removed to take its traces along."""
    with pytest.raises(ProtectedError):
        event.user.delete()
    assert ReadEvent.objects.exists()


def test_consent_can_be_proved_and_not_rewritten() -> None:
    """Somebody changes what a person agreed to."""
    wording = "Tôi đồng ý cho Ủy ban nhân dân xã xử lý dữ liệu cá nhân."
    subject = ("declaration", "TQ-2026-0001")
    values = {"purpose": "review", "wording_version": "1", "legal_basis": "Luật 91/2025/QH15"}
    first = record_consent(subject, wording=wording, **values)
    same = record_consent(subject, wording=f"  {wording}\n", **values)
    other = record_consent(subject, wording=wording.replace("xã", "tỉnh"), **values)
    assert first.wording_hash == same.wording_hash != other.wording_hash
    assert first.given_at is not None
    with pytest.raises(AppendOnlyError):
        first.save()
    with pytest.raises(AppendOnlyError):
        ConsentRecord.objects.filter(pk=first.pk).update(wording_version="2")


@pytest.mark.parametrize("role", [Role.PROVINCE_OFFICER, Role.COMMUNE_OFFICER, Role.VILLAGE_HEAD])
def test_the_page_is_closed_to_those_who_are_logged(role: str, event: ReadEvent) -> None:
    """An officer looks up who read what."""
    unit = make_province() if role == Role.PROVINCE_OFFICER else make_commune()
    client = _client(make_officer("ai-do", role, unit, permissions=("view_readevent",)))
    for url in (URL, f"{URL}results/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"].endswith("/quan-tri/")
    assert URL not in client.get("/quan-tri/").content.decode()


def test_auditors_read_the_log_page_by_page(event: ReadEvent) -> None:
    log_reads(event.user, [make_commune()] * 60, ReadEvent.Action.PRINT)
    auditor = make_officer(
        "kiemtra", Role.AUDITOR, make_province(), permissions=("view_readevent",)
    )
    client = _client(auditor)
    page = client.get(URL).content.decode()
    assert "xã Tân Trào" in page
    assert len(re.findall(r"<td[^>]*>\s*areas\.unit\s*</td>", page)) == 50
    second = client.get(URL, {"p": 2}).content.decode()
    assert "areas.village" in second
    found = client.get(URL, {"record_kind": "village", "user": "canbo"}).content.decode()
    assert "areas.village" in found
    assert "areas.unit" not in found.split("</form>")[-1]


def test_the_page_does_not_break_on_nonsense(event: ReadEvent) -> None:
    client = _client(User.objects.create_superuser("quantri"))
    query = {"p": "x'--", "action": "drop", "at_from": "32/13/2026", "record_id": "%00\x00"}
    assert client.get(URL, query).status_code == 200
