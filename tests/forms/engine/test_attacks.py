"""Attacks on steps, items, drafts and sending; each docstring states the attack."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from portal.forms import cookies, services
from portal.forms.models import Draft, LedgerEntry, Submission
from portal.forms.registry import FormType
from portal.forms.views.common import NOTES
from tests.forms import samples
from tests.forms.engine.browsers import COOKIE, Browser, location, words
from tests.forms.samples import MEMBER, URL, add_member, begin, fill, send

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("mounted")]
METHODS = ["get", "post"]
SHORT = "khai/thanh-vien"
STEPS = ["khong-co", "NOI-O", "ai", "members", "xem-lai2", "thanh_vien", "a" * 300]
ODD_ITEMS = ["ABCD12", "abc", "a" * 13, "ab_cd", "ab-cd", "%20abcd", "..", "%00abc", "ấbcd"]


def state(draft: Draft) -> Any:
    """What is stored of a draft."""
    return Draft.objects.values("answers", "pages", "typed", "touched_at").get(pk=draft.pk)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_the_form_does_not_have(client: Browser, step: str, method: str) -> None:
    """Attack: an address of a step that is no step of this form."""
    draft = fill(client)
    before = state(draft)
    response = getattr(client, method)(f"{URL}khai/{step}/", {"full_name": "An", "reason": "x"})
    assert response.status_code == 404
    assert state(draft) == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["nha/abcd/ai/", "noi-o/abcd/noi-o/", "nha/abcd/xoa/", "nha/moi/"])
def test_a_plain_step_with_an_item(client: Browser, path: str, method: str) -> None:
    """Attack: a page is addressed as if it were one of a group, to store under invented keys."""
    draft = fill(client)
    before = state(draft)
    response = getattr(client, method)(f"{URL}khai/{path}", {"devices": "tv"})
    assert response.status_code == 404
    assert state(draft) == before


def test_answers_to_a_step_that_does_not_apply(client: Browser) -> None:
    """Attack: a post to a step that this person is not asked (no television, its price)."""
    draft = fill(client)
    before = state(draft)
    assert location(send(client, "vo-chong", money="5")) == f"{URL}khai/xem-lai/?vi=chua-den"
    assert state(draft) == before


def test_answers_to_a_step_ahead(client: Browser) -> None:
    """Attack: a post to a later step while an earlier one is open."""
    draft = begin(client)
    before = state(draft)
    assert location(send(client, "nha", devices=["tv"])) == f"{URL}khai/noi-o/?vi=chua-den"
    assert state(draft) == before


def test_fields_of_another_page_are_not_taken_over(client: Browser) -> None:
    """Attack: a page is posted with answers to questions of other pages, and invented ones."""
    draft = fill(client)
    send(client, "thon", village="Thôn Bòng", reason="lén", members="x", id="1", lan="1")
    draft.refresh_from_db()
    assert "reason" not in draft.answers
    assert [one["full_name"] for one in draft.answers["members"]] == ["Nguyễn Văn An"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("item", ODD_ITEMS)
def test_a_key_of_odd_letters(client: Browser, item: str, method: str) -> None:
    """Attack: the key of an item in letters that the engine never makes."""
    draft = fill(client)
    before = state(draft)
    response = getattr(client, method)(f"{URL}{SHORT}/{item}/ai/", MEMBER)
    assert response.status_code == 404
    assert state(draft) == before


def test_the_key_of_another_persons_member(client: Browser) -> None:
    """Attack: the key of a member of somebody else's household, in one's own form."""
    theirs = fill(other := Browser())
    key = add_member(other, full_name="Bí Mật")
    before = state(theirs)
    fill(client)
    page = client.get(f"{URL}{SHORT}/{key}/ai/")
    assert "Bí Mật" not in words(page)
    client.post(f"{URL}{SHORT}/{key}/ai/", {**MEMBER, "full_name": "Kẻ Lạ"})
    client.post(f"{URL}{SHORT}/{key}/xoa/")
    assert state(theirs) == before


def test_a_member_who_was_taken_out_does_not_come_back_by_halves(client: Browser) -> None:
    """Attack: one window takes a member out, another saves a later page of the same member."""
    draft = fill(client)
    key = add_member(client, full_name="Ma Thị Bé", birth_year="2016", citizen="")
    client.post(f"{URL}{SHORT}/{key}/xoa/")
    late = client.post(f"{URL}{SHORT}/{key}/hoc/", {"studying": "yes"})
    assert location(late) == f"{URL}{SHORT}/?vi=da-bo"
    assert str(NOTES["da-bo"]) in words(client.get(location(late)))
    draft.refresh_from_db()
    assert [one["full_name"] for one in draft.answers["members"]] == ["Nguyễn Văn An"]


def test_a_page_that_a_member_is_not_asked(client: Browser) -> None:
    """Attack: school is answered for a grown-up, by the page's address."""
    draft = fill(client)
    key = draft.answers["members"][0]["id"]
    before = state(draft)
    late = client.post(f"{URL}{SHORT}/{key}/hoc/", {"studying": "yes"})
    assert location(late) == f"{URL}{SHORT}/?vi=chua-den"
    assert state(draft) == before


def test_looking_at_the_removal_of_nobody_changes_nothing(client: Browser) -> None:
    """Attack: a link (no POST) that makes a browser write."""
    draft = fill(client)
    before = state(draft)
    assert location(client.get(f"{URL}{SHORT}/zzzz99/xoa/")) == f"{URL}{SHORT}/"
    assert state(draft) == before


def signed(value: Any, salt: str = cookies.SALT) -> str:
    return signing.dumps(value, salt=salt)


FORGED: dict[str, Callable[[Draft], str]] = {
    "no signature": lambda draft: draft.key.hex,
    "empty": lambda draft: "",
    "one letter changed": lambda draft: _flip(signed(draft.key.hex)),
    "signed for something else": lambda draft: signed(draft.key.hex, "django.core.signing"),
    "a number": lambda draft: signed(12),
    "a list": lambda draft: signed([draft.key.hex]),
    "no key": lambda draft: signed("khong-phai-khoa"),
    "an unknown key": lambda draft: signed("0" * 32),
    "very long": lambda draft: "a:" * 20_000,
}


def _flip(text: str) -> str:
    return text[:-1] + ("A" if text[-1] != "A" else "B")


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_cookie_opens_nobodys_form(client: Browser, name: str) -> None:
    """Attack: a made-up or edited cookie, to get at the draft of somebody else."""
    theirs = fill(Browser())
    before = state(theirs)
    client.cookies[COOKIE] = FORGED[name](theirs)
    for path in ("khai/nha/", "khai/ma/", "khai/xem-lai/", f"{SHORT}/moi/"):
        assert location(client.get(f"{URL}{path}")) == f"{URL}khai/tiep-tuc/?vi=khong-co"
    assert location(client.get(f"{URL}bien-nhan/")) == f"{URL}tra-cuu/"
    assert location(send(client, "nha", devices=["tv"])) == f"{URL}khai/tiep-tuc/?vi=khong-co"
    assert client.post(f"{URL}khai/xem-lai/").status_code == 302
    assert state(theirs) == before
    assert not Submission.objects.exists()


def test_a_cookie_of_long_ago(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: a cookie found on a device after the week that it is good for."""
    fill(client)
    later = time.time() + timedelta(days=7, minutes=1).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert location(client.get(f"{URL}khai/nha/")) == f"{URL}khai/tiep-tuc/?vi=khong-co"


def test_who_works_every_day_keeps_the_cookie(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack on patience: the eighth day of a form that was saved on the seventh."""
    fill(client)
    start = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: start + 6 * 24 * 3600)
    send(client, "nha", devices=["none"], lan="1")
    monkeypatch.setattr("django.core.signing.time.time", lambda: start + 8 * 24 * 3600)
    assert client.get(f"{URL}khai/nha/").status_code == 200


def test_the_cookie_of_another_form(client: Browser, sample: FormType) -> None:
    """Attack: the key of a form of another kind, taken to this one's addresses."""
    other = services.start_draft(sample, filler="self")
    Draft.objects.filter(pk=other.pk).update(form="khac")
    client.cookies[COOKIE] = signed(other.key.hex)
    assert location(client.get(f"{URL}khai/noi-o/")) == f"{URL}khai/tiep-tuc/?vi=khong-co"
    send(client, "noi-o", **samples.COMMUNE)
    other.refresh_from_db()
    assert other.answers == {}


POSTS = [
    "khai/",
    "khai/nha/",
    f"{SHORT}/",
    f"{SHORT}/abcd12/ai/",
    f"{SHORT}/abcd12/xoa/",
    "khai/xem-lai/",
    "khai/xong/",
    "khai/tiep-tuc/",
    "tra-cuu/",
]


@pytest.mark.parametrize("path", POSTS)
def test_a_post_from_a_foreign_page(path: str) -> None:
    """Attack: another site posts into a form that is open in this browser (CSRF)."""
    victim = Client(enforce_csrf_checks=True)
    draft = fill(helper := Browser())
    victim.cookies[COOKIE] = helper.cookies[COOKIE].value
    before = state(draft)
    response = victim.post(f"{URL}{path}", {"devices": "tv", "filler": "self", "consent": "on"})
    assert response.status_code == 403
    assert "CSRF" not in words(response)
    assert "/static/portal/css/portal.css" in response.content.decode()
    assert COOKIE not in response.cookies
    assert state(draft) == before
    assert (Draft.objects.count(), Submission.objects.count()) == (1, 0)


def test_the_own_page_carries_its_token() -> None:
    """The other side of the attack before: with the page's own token everything goes on."""
    honest = Client(enforce_csrf_checks=True)
    page = honest.get(f"{URL}khai/")
    token = str(page.context["csrf_token"])
    key = page.context["form"]["key"].value()
    values = {"filler": "self", "consent": "on", "key": key, "csrfmiddlewaretoken": token}
    assert location(honest.post(f"{URL}khai/", values)) == f"{URL}khai/ma/"


def test_sending_again_and_again(client: Browser) -> None:
    """Attack: the last POST replayed, after the answer and with the old page."""
    fill(client)
    answers = [client.post(f"{URL}khai/xem-lai/") for _time in range(4)]
    assert {location(answer) for answer in answers} == {f"{URL}bien-nhan/"}
    assert (Submission.objects.count(), LedgerEntry.objects.count()) == (1, 1)


def test_two_devices_send_the_same_form(client: Browser) -> None:
    """Attack: husband and wife send the one draft, each from an own telephone."""
    draft = fill(client)
    other = Browser()
    other.post(f"{URL}khai/tiep-tuc/", {"reference": draft.reference, "code": draft.code})
    for browser in (client, other):
        assert location(browser.post(f"{URL}khai/xem-lai/")) == f"{URL}bien-nhan/"
    receipts = [words(browser.get(f"{URL}bien-nhan/")) for browser in (client, other)]
    assert all(draft.reference in receipt for receipt in receipts)
    assert (Submission.objects.count(), LedgerEntry.objects.count()) == (1, 1)


def test_a_start_page_left_open_begins_a_second_form(client: Browser) -> None:
    """Attack: after sending, back to the start page, and once more for a neighbour."""
    first = fill(client)
    client.post(f"{URL}khai/xem-lai/")
    values = {"filler": "on_behalf", "consent": "on", "key": str(first.key)}
    assert location(client.post(f"{URL}khai/", values)) == f"{URL}khai/ma/"
    second = Draft.objects.get()
    assert second.reference != first.reference
    send(client, "noi-o", **samples.COMMUNE)
    send(client, "thon", village="Thôn Bòng")
    add_member(client)
    send(client, "thanh-vien")
    send(client, "nha", devices=["none"])
    assert location(client.post(f"{URL}khai/xem-lai/")) == f"{URL}bien-nhan/"
    assert {one.reference for one in Submission.objects.all()} == {
        first.reference,
        second.reference,
    }


def test_beginning_with_the_key_of_another_form(client: Browser, sample: FormType) -> None:
    """Attack: the start page is posted with the key of a draft of another kind."""
    other = services.start_draft(sample, filler="self")
    Draft.objects.filter(pk=other.pk).update(form="khac")
    values = {"filler": "self", "consent": "on", "key": str(other.key)}
    client.post(f"{URL}khai/", values)
    assert Draft.objects.get(form=samples.FORM).key != other.key
    assert client.get(f"{URL}khai/ma/").status_code == 200


CHANGING = ["put", "patch", "delete"]


@pytest.mark.parametrize("path", ["khai/", "khai/nha/", "khai/xem-lai/", f"{SHORT}/abcd12/xoa/"])
@pytest.mark.parametrize("method", CHANGING)
def test_methods_that_no_browser_uses(client: Browser, path: str, method: str) -> None:
    """Attack: PUT, PATCH and DELETE on the addresses of a form."""
    draft = fill(client)
    before = state(draft)
    response = getattr(client, method)(f"{URL}{path}", data="devices=tv")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert state(draft) == before


@pytest.mark.parametrize("path", ["khai/", "khai/nha/", "khai/xem-lai/", f"{SHORT}/"])
def test_asking_without_reading(client: Browser, path: str) -> None:
    """Attack: HEAD and OPTIONS, as link checkers send them."""
    draft = fill(client)
    before = state(draft)
    head, options = client.head(f"{URL}{path}"), client.options(f"{URL}{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Cache-Control"] == "private, no-store"
    assert (options.status_code, options.content) == (200, b"")
    assert state(draft) == before


@pytest.mark.parametrize(
    "path",
    [
        f"khai/{'a' * 8000}/",
        f"{SHORT}/{'a' * 8000}/ai/",
        f"{SHORT}/abcd12/{'a' * 8000}/",
        f"giay/{'a' * 8000}/",
        f"khai/{'a/' * 2000}",
        f"khai/nha/?vi={'a' * 8000}",
    ],
    ids=["a step", "an item", "a page of an item", "a paper", "many parts", "a query"],
)
def test_very_long_addresses(client: Browser, path: str) -> None:
    """Attack: addresses of thousands of letters."""
    fill(client)
    assert client.get(f"{URL}{path}").status_code in {200, 404}
