"""Assisted entry: who is asked what, consent on paper, and that a draft is nobody else's."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from portal.forms import registry, services
from portal.forms.cookies import NAME as COOKIE
from portal.forms.models import Draft, Means
from portal.forms.registry import FormType
from portal.privacy.models import ConsentRecord
from tests.forms.inbox.conftest import MOUNT, Login
from tests.forms.inbox.world import FORM, World, desk, kept_by_nobody, send

pytestmark = pytest.mark.once

ENTRY = "/quan-tri/ho-so/nhap/"


def sheet(**changes: Any) -> dict[str, Any]:
    """What the officer sends."""
    return {"khoa": str(uuid.uuid4()), "mau": FORM, "ai": "member", "ky": "on"} | changes


@pytest.mark.parametrize("name", ["xa", "tinh", "thon"])
def test_an_officer_begins_a_form_with_consent_on_paper(
    world: World, login: Login, name: str
) -> None:
    client = login(name)
    response = client.post(ENTRY, sheet())
    draft = Draft.objects.get()
    assert response["Location"] == f"{MOUNT}khai/ma/"
    assert response.cookies[COOKIE]["path"] == MOUNT
    assert kept_by_nobody(response)
    assert (draft.form, draft.filler, draft.means, draft.entered_by) == (
        FORM,
        "member",
        Means.PAPER,
        world.users[name],
    )
    consent = ConsentRecord.objects.get()
    assert (consent.subject_ref, consent.means, consent.by, consent.wording_version) == (
        draft.reference,
        "paper",
        world.users[name],
        "dong-y-3",
    )


def test_nothing_is_ticked_beforehand(world: World, login: Login) -> None:
    html = desk(login("xa").get(ENTRY))
    assert " checked" not in html
    assert "Tôi đồng ý cho xã xử lý dữ liệu." in html
    assert "Luật 91/2025/QH15, Điều 9" in html


def test_a_link_may_name_the_form(world: World, login: Login) -> None:
    html = desk(login("xa").get(f"{ENTRY}?mau={FORM}"))
    assert html.count(" checked") == 1


@pytest.mark.parametrize(
    "missing", [{"ky": ""}, {"mau": ""}, {"mau": "khac"}, {"ai": ""}, {"ai": "ma"}, {"khoa": "x"}]
)
def test_without_an_answer_nothing_begins(
    world: World, login: Login, missing: dict[str, str]
) -> None:
    response = login("xa").post(ENTRY, {k: v for k, v in sheet(**missing).items() if v})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Draft.objects.exists()
    assert not ConsentRecord.objects.exists()
    assert COOKIE not in response.cookies


def test_a_missing_signature_is_said_at_its_box(world: World, login: Login) -> None:
    given = {name: value for name, value in sheet().items() if name != "ky"}
    html = desk(login("xa").post(ENTRY, given))
    assert 'id="error-ky"' in html
    assert 'aria-describedby="help-ky error-ky"' in html
    assert html.count(" checked") == 2


def test_a_double_click_begins_one_form(world: World, login: Login) -> None:
    client, sent = login("xa"), sheet()
    answers = [client.post(ENTRY, sent) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Draft.objects.count() == 1
    assert ConsentRecord.objects.count() == 1


def test_the_key_of_another_persons_draft_opens_nothing(
    world: World, login: Login, form: FormType
) -> None:
    """Else an officer could be handed, or fetch, a draft that a household has under way."""
    theirs = services.start_draft(form, filler="member")
    colleagues = services.start_draft(
        form, filler="member", means=Means.PAPER, by=world.users["tinh"]
    )
    client = login("xa")
    for draft in (theirs, colleagues):
        response = client.post(ENTRY, sheet(khoa=str(draft.key)))
        assert response["Location"] == f"{ENTRY}?mau={FORM}"
        assert COOKIE not in response.cookies
    assert Draft.objects.count() == 2


def test_a_start_page_is_spent_once_its_form_was_sent(world: World, login: Login) -> None:
    """Going back and beginning again must not put the next household under the first one's key."""
    record = send(world.here)
    response = login("xa").post(ENTRY, sheet(khoa=str(record.key)))
    assert response["Location"] == f"{ENTRY}?mau={FORM}"
    assert not Draft.objects.exists()


def test_without_a_page_nothing_can_be_typed_in(
    world: World, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_mounts", [])
    client = login("xa")
    assert "<form" not in desk(client.get(ENTRY))
    assert client.post(ENTRY, sheet()).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["kiemtra", "bientap"])
def test_who_does_not_work_there_is_sent_away(world: World, login: Login, name: str) -> None:
    client = login(name)
    assert client.get(ENTRY)["Location"] == reverse("wagtailadmin_home")
    assert client.post(ENTRY, sheet())["Location"] == reverse("wagtailadmin_home")
    assert not Draft.objects.exists()
