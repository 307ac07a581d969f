"""Attacks through the back office: forms that officers type in for somebody."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal.areas.models import Assignment, Role, Unit, User, Village
from portal.areas.officers import forget_scopes
from portal.forms.errors import ForeignPlaceError
from portal.forms.models import Draft, LedgerEntry, Means, Submission
from portal.forms.views.review import LOGGED_OUT
from portal.home.models import FormPage
from portal.jobs import clock
from tests.areas.builders import make_commune, make_officer, make_province, make_village
from tests.forms import samples
from tests.forms.engine.browsers import COOKIE, Browser, location, words
from tests.forms.samples import URL, add_member, fill, send

pytestmark = pytest.mark.once

REVIEW = f"{URL}khai/xem-lai/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
WORK = ("access_admin",)


@dataclass
class Place:
    """Two communes, three villages, and who works there."""

    here: Unit
    there: Unit
    own: Village
    other: Village
    far: Village
    users: dict[str, User]


@pytest.fixture
def place(mounted: FormPage) -> Place:
    """The sample's commune with a village head, a neighbour commune, the province."""
    forget_scopes()
    here, there = make_commune(), make_commune("02473", "Yên Sơn")
    own, other = make_village(here, "Thôn Bòng"), make_village(here, "Thôn Vè")
    users = {
        "xa": make_officer("xa", Role.COMMUNE_OFFICER, here, permissions=WORK),
        "xa2": make_officer("xa2", Role.COMMUNE_OFFICER, here, permissions=WORK),
        "thon": make_officer("thon", Role.VILLAGE_HEAD, here, village=own, permissions=WORK),
        "tinh": make_officer("tinh", Role.PROVINCE_OFFICER, make_province(), permissions=WORK),
        "kiemtra": make_officer("kiemtra", Role.AUDITOR, make_province(), permissions=WORK),
    }
    return Place(here, there, own, other, make_village(there, "Thôn Bòng"), users)


Desk = Callable[[str], Browser]


@pytest.fixture
def desk(place: Place) -> Desk:
    """The browser of an officer."""

    def log_in(name: str) -> Browser:
        browser = Browser()
        browser.force_login(place.users[name], backend=BACKEND)
        return browser

    return log_in


def type_in(browser: Browser, commune: str = "Tân Trào", village: str = "Thôn Bòng") -> Draft:
    """Begin a form in the back office and type everything in; ready to be sent."""
    key = uuid.uuid4()
    sheet = {"khoa": str(key), "mau": samples.FORM, "ai": "self", "ky": "on"}
    assert location(browser.post(reverse("forms_type_in"), sheet)) == f"{URL}khai/ma/"
    send(browser, "noi-o", commune=commune)
    send(browser, "thon", village=village)
    add_member(browser)
    send(browser, "thanh-vien")
    send(browser, "nha", devices=["none"])
    return Draft.objects.get(key=key)


def refused(response: Any, sentence: Any = ForeignPlaceError.sentence) -> bool:
    """The page says why, the answers are still there, and nothing has arrived."""
    page = words(response)
    said = response.status_code == 200 and str(sentence) in page
    kept = "Nguyễn Văn An" in page and Draft.objects.count() == 1
    return said and kept and not Submission.objects.exists() and not LedgerEntry.objects.exists()


@pytest.mark.parametrize("name", ["xa", "thon", "tinh"])
def test_an_officer_sends_what_was_typed_in(place: Place, desk: Desk, name: str) -> None:
    """The other side: the officer's own place, the officer's own draft."""
    browser = desk(name)
    draft = type_in(browser)
    assert location(browser.post(REVIEW)) == f"{URL}bien-nhan/"
    sent = Submission.objects.get()
    assert (sent.means, sent.entered_by, sent.unit, sent.village) == (
        Means.PAPER,
        place.users[name],
        place.here,
        place.own,
    )
    assert draft.reference in words(browser.get(f"{URL}bien-nhan/"))


def test_a_form_for_another_commune(desk: Desk) -> None:
    """Attack: a commune's officer types in a household of the neighbour commune."""
    browser = desk("xa")
    type_in(browser, "Yên Sơn")
    assert refused(browser.post(REVIEW))
    send(browser, "noi-o", commune="Tân Trào", lan="1")
    send(browser, "thon", village="Thôn Bòng", lan="1")
    assert location(browser.post(REVIEW)) == f"{URL}bien-nhan/"


def test_the_province_types_in_for_every_commune(place: Place, desk: Desk) -> None:
    """The other side: the province's officer is in no foreign commune."""
    browser = desk("tinh")
    type_in(browser, "Yên Sơn")
    assert location(browser.post(REVIEW)) == f"{URL}bien-nhan/"
    assert Submission.objects.get().unit == place.there


@pytest.mark.parametrize(
    ("commune", "village"),
    [
        ("Tân Trào", "Thôn Vè"),
        ("Tân Trào", "Thôn không có"),
        ("Yên Sơn", "Thôn Bòng"),
        ("Yên Sơn", "Thôn Vè"),
    ],
)
def test_a_village_head_beyond_the_village(desk: Desk, commune: str, village: str) -> None:
    """Attack: a village head types in a household of another village, also one of its name."""
    browser = desk("thon")
    type_in(browser, commune, village)
    assert refused(browser.post(REVIEW))


@pytest.mark.parametrize("name", ["xa2", "tinh", "kiemtra", None])
def test_an_assisted_form_is_sent_by_nobody_else(
    place: Place, desk: Desk, name: str | None
) -> None:
    """Attack: colleague, province, auditor or the household itself send what an officer began."""
    draft = type_in(desk("xa"))
    other = desk(name) if name else Browser()
    typed = {"reference": draft.reference, "code": draft.code}
    assert location(other.post(f"{URL}khai/tiep-tuc/", typed)) == REVIEW
    assert refused(other.post(REVIEW), ForeignPlaceError.sentence if name else LOGGED_OUT)


def logged_out(place: Place, browser: Browser) -> None:
    cookie = browser.cookies[COOKIE]
    browser.logout()
    browser.cookies[COOKIE] = cookie.value


def work_ended(place: Place, browser: Browser) -> None:
    yesterday = clock.today() - timedelta(days=1)
    Assignment.objects.filter(user=place.users["xa"]).update(valid_to=yesterday)
    forget_scopes()


def became_auditor(place: Place, browser: Browser) -> None:
    work = Assignment.objects.filter(user=place.users["xa"])
    work.update(role=Role.AUDITOR, unit=make_province())
    forget_scopes()


def locked(place: Place, browser: Browser) -> None:
    User.objects.filter(username="xa").update(is_active=False)


Change = Callable[[Place, Browser], None]


def sent_after(change: Change, place: Place, desk: Desk) -> Any:
    """What an officer gets who has typed in a form, when something changed before sending."""
    browser = desk("xa")
    type_in(browser)
    change(place, browser)
    return browser.post(REVIEW)


@pytest.mark.parametrize("change", [logged_out, locked])
def test_bug_who_was_logged_out_was_told_of_a_foreign_commune(
    place: Place, desk: Desk, change: Change
) -> None:
    assert refused(sent_after(change, place, desk), LOGGED_OUT)


@pytest.mark.parametrize("change", [work_ended, became_auditor])
def test_rights_are_those_of_the_moment(place: Place, desk: Desk, change: Change) -> None:
    """Attack: an officer begins a form, loses the work, and sends."""
    assert refused(sent_after(change, place, desk))


def test_a_households_own_draft_in_an_officers_browser(place: Place, desk: Desk) -> None:
    """Attack: an officer opens a household's own form by its codes: it stays the household's."""
    draft = fill(Browser())
    browser = desk("xa")
    typed = {"reference": draft.reference, "code": draft.code}
    browser.post(f"{URL}khai/tiep-tuc/", typed)
    assert location(browser.post(REVIEW)) == f"{URL}bien-nhan/"
    sent = Submission.objects.get()
    assert (sent.means, sent.entered_by, sent.filler) == (Means.WEB, None, "self")


def test_a_session_of_an_officer_opens_no_draft(desk: Desk) -> None:
    """Attack: a login in the back office, used to read drafts without their codes."""
    fill(Browser())
    browser = desk("tinh")
    for path in ("khai/nha/", "khai/xem-lai/", "khai/ma/"):
        assert location(browser.get(f"{URL}{path}")) == f"{URL}khai/tiep-tuc/?vi=khong-co"
