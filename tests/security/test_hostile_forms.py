"""Forms, logins and addresses as an attacker uses them, and the headers that every page carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.areas.models import User
from portal.news.models import NoticePage
from portal.registration.models import PublishedList
from tests.home.trees import Portal
from tests.security.world import WINDOW

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
LOGIN = "/quan-tri/login/"
PASSWORD = "Mat-khau-2026"
TRIES = 5
LOCKED = "bị khóa"


def log_in(client: Client, user: User, password: str, **more: str) -> HttpResponse:
    data = {"username": user.username, "password": password, **more}
    response: HttpResponse = client.post(LOGIN, data)
    return response


def test_guessing_a_password_locks_the_account_for_this_device(
    client: Client, officer: User, foreign_officer: User
) -> None:
    """Attack: passwords are tried one after the other."""
    answers = [log_in(client, officer, f"sai-{turn}") for turn in range(TRIES)]
    right = log_in(client, officer, PASSWORD)
    assert [each.status_code for each in answers[:-1]] == [200] * (TRIES - 1)
    assert (answers[-1].status_code, right.status_code) == (429, 429)
    assert LOCKED in right.content.decode()
    assert "_auth_user_id" not in client.session
    assert log_in(client, foreign_officer, PASSWORD).status_code == 302


def test_a_wrong_password_does_not_tell_which_accounts_exist(client: Client, officer: User) -> None:
    """Attack: names of accounts are collected at the login."""
    known = log_in(client, officer, "sai").content.decode()
    unknown = log_in(client, User(username="khong-co"), "sai").content.decode()
    assert messages_of(known) == messages_of(unknown) != ""


def messages_of(page: str) -> str:
    """The sentence beside the form."""
    return page.partition('class="messages"')[2].partition("</div>")[0].strip()


@pytest.mark.parametrize(
    ("place", "status"), [("/khong-co/", 404), ("/tim-kiem/?q=a", 200), (LOGIN, 200)]
)
def test_a_portal_without_any_page_answers(
    client: Client, db: Any, place: str, status: int
) -> None:
    """Attack: a portal is asked while it is being installed, to read its error pages."""
    assert client.get(place).status_code == status


FOREIGN = ["https://ke-xau.example/", "//ke-xau.example/", "/\\ke-xau.example", "javascript:1"]


@pytest.mark.parametrize("place", FOREIGN)
@pytest.mark.parametrize("login", [LOGIN, "/_util/login/"])
def test_a_login_leads_to_the_portal_only(
    portal: Portal, client: Client, officer: User, login: str, place: str
) -> None:
    """Attack: a link to the login that ends at a copy of the portal."""
    data = {"username": officer.username, "password": PASSWORD, "next": place}
    response = client.post(f"{login}?next={place}", data)
    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert "ke-xau" not in response["Location"]


@pytest.mark.parametrize("place", FOREIGN)
def test_a_password_of_a_page_leads_to_the_portal_only(
    portal: Portal, client: Client, place: str
) -> None:
    """Attack: the same with the form of a page that has a password."""
    restriction = PageViewRestriction.objects.create(
        page=portal.about, restriction_type="password", password=PASSWORD
    )
    address = reverse(
        "wagtailcore_authenticate_with_password", args=[restriction.pk, portal.about.pk]
    )
    response = client.post(address, {"password": PASSWORD, "return_url": place})
    assert response.status_code == 302
    assert "ke-xau" not in response["Location"]
    assert "javascript" not in response["Location"]


def test_a_new_session_begins_at_the_login(client: Client, officer: User) -> None:
    """Attack: somebody is given a session beforehand and it is used after their login."""
    client.get("/quan-tri/")
    session = client.session
    session["cu"] = "1"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(session.session_key)
    log_in(client, officer, PASSWORD)
    assert client.session.session_key != session.session_key


FORMS = {
    "login": LOGIN,
    "new list": "/quan-tri/danh-sach/tao/",
    "upload": "/quan-tri/danh-sach/{list}/tai-len/",
    "publish": "/quan-tri/danh-sach/{list}/dang/",
    "withdraw": "/quan-tri/danh-sach/{list}/go/",
    "log out": "/quan-tri/logout/",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_token_changes_nothing(
    officer: User, draft: PublishedList, name: str
) -> None:
    """Attack: another site has the officer's browser send a form."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    data = {"first": WINDOW[0], "last": WINDOW[1], "version": draft.version, "confirm": "1"}
    data |= {"title": "Chiếm", "reason": "Chiếm", "unit": draft.unit_id}
    response = client.post(FORMS[name].format(list=draft.pk), data)
    assert response.status_code == 403
    assert list(PublishedList.objects.values_list("pk", "version")) == [(draft.pk, draft.version)]
    assert "_auth_user_id" in client.session


def test_the_same_form_sent_twice_publishes_once_and_says_so(
    client: Client, officer: User, draft: PublishedList
) -> None:
    """Attack: a double click, or the button pressed again after a slow answer."""
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    data = {"first": WINDOW[0], "last": WINDOW[1], "version": draft.version, "confirm": "1"}
    place = reverse("registration_publish", args=[draft.pk])
    told = [str(each) for _turn in range(2) for each in get_messages(sent(client, place, data))]
    assert draft.events.filter(action="published").count() == 1
    assert len(told) == 2
    assert told[0] != told[1]


def sent(client: Client, place: str, data: dict[str, Any]) -> Any:
    """The request of the page that follows, which shows the sentence."""
    return client.post(place, data, follow=True).wsgi_request


PAGES = {
    "home": "/",
    "news": "/tin-tuc/",
    "section": "/tin-tuc/doi-song-xa-hoi/",
    "article": "{article}",
    "notices": "/thong-bao/",
    "notice": "{notice}",
    "documents": "/van-ban/",
    "filtered documents": "/van-ban/?nam=2024",
    "document": "{document}",
    "page": "/gioi-thieu/",
    "lists": "/danh-sach/",
    "list": "/danh-sach/ho-ngheo-2026/",
    "search": "/tim-kiem/?q=ke+hoach",
    "answer": "/tim-kiem.json?q=ke+hoach",
    "feed": "/van-ban/rss/",
    "workbook": "/van-ban/xlsx/",
    "site map": "/sitemap.xml",
    "robots": "/robots.txt",
    "health": "/suc-khoe/live",
    "login": LOGIN,
    "login of pages": "/_util/login/",
    "not there": "/khong-co/",
}


@pytest.fixture
def places(portal: Portal, published: PublishedList) -> dict[str, str]:
    """The addresses of a page of every kind."""
    notice = NoticePage(title="Thông báo thử")
    portal.notices.add_child(instance=notice)
    article, document = portal.article("Tin thử"), portal.document("12/KH-UBND")
    return {"article": article.url, "notice": notice.url, "document": document.url}


@pytest.mark.parametrize("times", [1, 2], ids=["new", "kept"])
@pytest.mark.parametrize("name", PAGES)
def test_every_public_address_carries_the_headers_that_protect_its_reader(
    client: Client, places: dict[str, str], name: str, times: int
) -> None:
    """Attack: a page is framed, its type is guessed, its address is told to other sites."""
    place = PAGES[name].format(**places)
    response = [client.get(place) for _time in range(times)][-1]
    policy = response["Content-Security-Policy"]
    assert response.status_code == (404 if name == "not there" else 200)
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert name == "login" or "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("host", ["ke-xau.example", "testserver.ke-xau.example", "a@b", ""])
@pytest.mark.parametrize("place", ["/", "/tim-kiem.json?q=a", LOGIN, "/sitemap.xml"])
def test_a_foreign_host_is_refused_everywhere(
    portal: Portal, client: Client, place: str, host: str
) -> None:
    """Attack: addresses built from the host lead the readers of a kept page elsewhere."""
    response = client.get(place, headers={"host": host})
    assert response.status_code == 400
    assert "ke-xau" not in response.content.decode()


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_no_header_of_a_visitor_changes_the_addresses_of_a_page(
    portal: Portal, client: Client, header: str
) -> None:
    """Attack: the same by a header that only a proxy should set."""
    response = client.get("/sitemap.xml", headers={header: "ke-xau.example"})
    assert "ke-xau" not in response.content.decode()


PRODUCTION = {
    "PORTAL_SECRET_KEY": "a-secret-of-the-test-that-is-long-enough-for-everybody-here",
    "PORTAL_FIELD_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "PORTAL_BLIND_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "PORTAL_HOSTS": "tuyenquang.example.vn",
    "PORTAL_HTTPS": "1",
}
NAMES = (
    "DEBUG",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
)


def test_cookies_of_a_portal_behind_https_travel_by_https_only() -> None:
    """Attack: a session is read on its way in an open network."""
    code = f"import json, portal.settings as s; print(json.dumps([getattr(s, n) for n in {NAMES}]))"
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=bare | PRODUCTION,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = dict(zip(NAMES, json.loads(done.stdout), strict=True))
    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_the_cookie_of_a_login_cannot_be_read_by_scripts(
    client: Client, officer: User, settings: Any
) -> None:
    """Attack: a script takes the session with it."""
    settings.SESSION_COOKIE_SECURE = True
    log_in(client, officer, PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
