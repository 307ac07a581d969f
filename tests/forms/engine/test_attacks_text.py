"""Attacks by what is typed: scripts, sizes, invisible letters, other spellings of Unicode."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pypdf
import pytest

from portal.areas.models import Unit
from portal.forms.models import Draft, Submission
from portal.forms.receipts import pdf
from portal.forms.services import MOST_TYPED
from portal.forms.views.pages import MOST_KEPT
from tests.areas.builders import make_village
from tests.forms import samples
from tests.forms.engine.browsers import Browser, location, post_raw, words
from tests.forms.samples import MEMBER, URL, add_member, begin, fill, send

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("mounted")]
SCRIPT = "<script>alert('x')</script>"
QUOTED = '"><img src=x onerror=alert(1)>{{ 7|add:7 }}'
EVIL = [SCRIPT, QUOTED]
SHOWN = ["<script>alert", "<img src=x", "onerror=alert(1)>"]
TEXTS = [
    ("noi-o", "commune"),
    ("thon", "village"),
    ("thon", "phone"),
    ("nha", "area"),
    ("nha", "reason"),
    ("nha", "job"),
]
ITEM_TEXTS = ["full_name", "birth_day", "birth_year", "citizen", "sex"]


def harmless(response: Any) -> bool:
    """Nothing of what was typed became a part of the page."""
    page = response.content.decode()
    return response.status_code == 200 and not any(piece in page for piece in SHOWN)


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize(("step", "name"), TEXTS)
def test_a_script_in_a_text(client: Browser, step: str, name: str, evil: str) -> None:
    """Attack: a script in each text of the form, refused or kept: shown as text everywhere."""
    fill(client)
    typed = {"devices": "none", "village": "Thôn Bòng", "lan": "9", name: evil}
    send(client, step, **typed)
    for path in (f"khai/{step}/", "khai/xem-lai/", "khai/thanh-vien/", "khai/ma/"):
        assert harmless(client.get(f"{URL}{path}"))
    assert evil in words(client.get(f"{URL}khai/xem-lai/")) or name not in {"village", "reason"}


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("name", ITEM_TEXTS)
def test_a_script_in_a_members_text(client: Browser, name: str, evil: str) -> None:
    """Attack: a script in the name, date, number or a choice of a member."""
    fill(client)
    fresh = location(client.get(f"{URL}khai/thanh-vien/moi/"))
    assert location(client.post(fresh, {**MEMBER, name: evil})) == fresh
    refused = client.get(fresh)
    assert harmless(refused)
    assert refused.context["form"].errors
    assert len(Draft.objects.get().answers["members"]) == 1


@pytest.mark.parametrize("evil", EVIL)
def test_a_script_that_an_older_version_let_in(client: Browser, evil: str) -> None:
    """Attack: a script stored as a name before names were checked: lists and titles show text."""
    draft = fill(client)
    draft.answers["members"][0]["full_name"] = evil
    key = draft.answers["members"][0]["id"]
    draft.save()
    for path in ("khai/thanh-vien/", f"khai/thanh-vien/{key}/xoa/", "khai/xem-lai/"):
        page = client.get(f"{URL}{path}")
        assert harmless(page)
        assert evil in words(page)
    assert harmless(client.get(f"{URL}khai/thanh-vien/{key}/ai/"))


@pytest.mark.parametrize("evil", EVIL)
def test_a_script_in_an_arrived_form(client: Browser, evil: str) -> None:
    """Attack: a script in an answer, seen on receipt, status and paper."""
    fill(client)
    send(client, "nha", devices=["none"], reason=evil, lan="1")
    send(client, "thon", village=evil, lan="1")
    client.post(f"{URL}khai/xem-lai/")
    sent = Submission.objects.get()
    assert (sent.answers or {})["reason"] == evil
    for path in ("bien-nhan/", "tra-cuu/ho-so/"):
        assert harmless(client.get(f"{URL}{path}"))
    paper = client.get(f"{URL}bien-nhan/tai-ve/")
    assert paper.headers["Content-Type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(pdf(sent, "http://testserver"))).pages[0].extract_text()
    assert sent.reference in text
    assert "script" not in text


def test_an_answer_of_two_megabytes(client: Browser) -> None:
    """Attack: an answer of 2 MB: a sentence, the text still on the page, and nothing stored."""
    draft = fill(client)
    long = "a" * 2_000_000
    page = post_raw(client, f"{URL}khai/nha/", [("devices", "none"), ("reason", long)])
    assert page.status_code == 200
    assert 'href="#id_reason"' in page.content.decode()
    assert long in page.content.decode()
    draft.refresh_from_db()
    assert draft.typed is None
    assert "reason" not in draft.answers


@pytest.mark.parametrize(("step", "name"), TEXTS)
def test_two_megabytes_in_each_text(client: Browser, step: str, name: str) -> None:
    """Attack: the same in each text: every one has its limit and says so at the field."""
    draft = fill(client)
    given = {"devices": "none", "village": "Thôn Bòng", name: "á" * 300_000}
    page = post_raw(client, f"{URL}khai/{step}/", list(given.items()))
    assert page.status_code == 200
    assert f'href="#id_{name}"' in page.content.decode()
    draft.refresh_from_db()
    assert draft.typed is None


BODIES = {
    "100,000 fields": [(f"f{number}", "") for number in range(100_000)],
    "3 MB": [("reason", "a" * 3_000_000)],
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("path", ["khai/nha/", "khai/", "khai/tiep-tuc/"])
def test_more_than_the_portal_reads(client: Browser, path: str, body: str) -> None:
    """Attack: more fields, or more bytes, than Django takes: a page of the portal, in its words."""
    draft = fill(client)
    before = Draft.objects.values("answers", "pages", "typed").get()
    response = post_raw(client, f"{URL}{path}", BODIES[body])
    assert response.status_code == 400
    page = response.content.decode()
    assert '<link rel="stylesheet" href="/static/portal/css/portal.css">' in page
    assert "Bad Request" not in page
    assert Draft.objects.values("answers", "pages", "typed").get() == before
    assert send(client, "thon", village="Thôn Bòng", lan="9").status_code == 302
    assert Draft.objects.get().pk == draft.pk


def test_thousands_of_invented_fields_are_not_kept(client: Browser) -> None:
    """Attack: an invalid page with 5,000 long names without values, to be kept as typed text."""
    draft = fill(client)
    pairs = [("phone", "12"), *((f"{'x' * 300}{number}", "") for number in range(5000))]
    assert location(post_raw(client, f"{URL}khai/thon/", pairs)) == f"{URL}khai/thon/"
    draft.refresh_from_db()
    assert draft.typed == {"thon": {"phone": ["12"]}}


def test_invalid_pages_under_ever_new_members(client: Browser) -> None:
    """Attack: invalid pages of members that never come to be, each with kept text."""
    draft = begin(client)
    send(client, "noi-o", **samples.COMMUNE)
    send(client, "thon", village="Thôn Bòng")
    text = "1" * (MOST_KEPT - 100)
    for number in range(8):
        address = f"{URL}khai/thanh-vien/abcd{number}/ai/"
        assert location(client.post(address, {"full_name": text, "birth_year": ""})) == address
    draft.refresh_from_db()
    kept = draft.typed or {}
    assert "thanh-vien/abcd7/ai" in kept
    assert sum(len(str(one)) for one in kept.values()) <= MOST_TYPED


CLEANED = [
    ("Thôn\x00 Bòng", "Thôn Bòng"),
    ("Thôn\x1b[31m Bòng", "Thôn[31m Bòng"),
    ("Thôn \u202egnòB", "Thôn gnòB"),
    ("Thôn\u200b Bò\u200dng", "Thôn Bòng"),
    ("\ufeffThôn\u2066 Bòng\u2069", "Thôn Bòng"),
    ("Thôn\u00ad\u034f Bòng\U000e0041", "Thôn Bòng"),
    ("Thôn\u00a0\u3000Bòng\t", "Thôn Bòng"),
    ("Thôn\r\nBòng", "Thôn Bòng"),
    ("Thôn B\u200bo\u200b\u0300ng", "Thôn Bòng"),
    ("\x01\u200b", None),
]


@pytest.mark.parametrize(("typed", "kept"), CLEANED)
def test_letters_that_nobody_sees(client: Browser, typed: str, kept: str | None) -> None:
    """Attack: NUL, control letters, turned and invisible ones, line ends in a line."""
    draft = fill(client)
    send(client, "nha", devices=["none"], reason="", lan="1")
    send(client, "thon", village=typed, lan="1")
    draft.refresh_from_db()
    assert draft.answers["village"]["name"] == (kept or "Thôn Bòng")


def test_lines_of_a_long_text_are_kept(client: Browser) -> None:
    """Attack: line ends of every system in a text of several lines."""
    draft = fill(client)
    send(client, "nha", devices=["none"], reason="một\r\nhai\rba\x0b\n\nbốn\u202e", lan="1")
    draft.refresh_from_db()
    assert draft.answers["reason"] == "một\nhai\nba\n\nbốn"


def test_text_in_the_other_form_of_unicode(client: Browser) -> None:
    """Attack: decomposed letters (NFD), as telephones of one maker send them."""
    village = make_village(Unit.objects.get(code="02545"), "Thôn Bòng")
    draft = fill(client)
    send(client, "thon", village=unicodedata.normalize("NFD", "Thôn Bòng"), lan="1")
    add_member(client, full_name=unicodedata.normalize("NFD", "Nguyễn Thị Thuỷ"), citizen="")
    send(client, "noi-o", commune=unicodedata.normalize("NFD", "xã Tân Trào"), lan="1")
    draft.refresh_from_db()
    assert draft.answers["village"] == {"name": "Thôn Bòng", "id": village.pk}
    assert draft.answers["members"][1]["full_name"] == "Nguyễn Thị Thuỷ"
    assert draft.answers["commune"]["code"] == "02545"


def test_a_choice_that_is_not_offered(client: Browser) -> None:
    """Attack: a code that the question does not have, alone and beside a right one."""
    draft = fill(client)
    key = draft.answers["members"][0]["id"]
    values = {**MEMBER, "sex": "khac", "lan": "1"}
    page = client.post(f"{URL}khai/thanh-vien/{key}/ai/", values, follow=True)
    assert 'href="#id_sex_0"' in page.content.decode()
    page = client.get(location(send(client, "nha", devices=["tv", "bom"], lan="1")))
    assert 'href="#id_devices_0"' in page.content.decode()
    draft.refresh_from_db()
    assert (draft.answers["members"][0]["sex"], draft.answers["devices"]) == ("male", [])


def test_two_answers_to_a_single_choice(client: Browser) -> None:
    """Attack: two values for radio buttons: one answer is kept, never a list."""
    draft = fill(client)
    key = draft.answers["members"][0]["id"]
    given = {**MEMBER, "citizen": ""}
    pairs = [*given.items(), ("sex", "female"), ("lan", "1")]
    assert post_raw(client, f"{URL}khai/thanh-vien/{key}/ai/", pairs).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["members"][0]["sex"] == "female"


def test_a_box_that_is_ticked_twice(client: Browser) -> None:
    """Attack: the same box twice, and “nothing of it” twice."""
    draft = fill(client)
    send(client, "nha", devices=["radio", "radio"], lan="1")
    draft.refresh_from_db()
    assert draft.answers["devices"] == ["radio"]
    send(client, "nha", devices=["none", "none"], lan="2")
    draft.refresh_from_db()
    assert draft.answers["devices"] == []
