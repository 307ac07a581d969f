"""Somebody switches the language in the middle of a form, whose cookie stays with its own page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.models import Locale

from portal.forms import references, services
from portal.home.models import FormPage
from tests.forms.engine.browsers import COOKIE, words
from tests.forms.samples import URL, begin, fill
from tests.home.trees import Portal

pytestmark = pytest.mark.once
ENGLISH = "/en/trial-form/"
KEPT = "Your form is kept. Enter its reference and code to go on in this language."


@pytest.fixture(autouse=True)
def english(portal: Portal, mounted: FormPage) -> FormPage:
    """The same form below an English home page."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    portal.home.copy_for_translation(locale).save_revision().publish()
    page: FormPage = mounted.copy_for_translation(locale)
    page.title, page.slug = "Trial form", "trial-form"
    page.save_revision().publish()
    return page


def switch(client: Client, address: str) -> str:
    """Where the link to the other language leads."""
    html = client.get(address).content.decode().partition("<main")[0]
    (link,) = re.findall(r'<a href="([^"]*)" lang="en" hreflang="en">', html)
    return str(link)


def test_bug_switching_the_language_lost_the_form_without_a_word(client: Client) -> None:
    draft = begin(client)
    for path in ("khai/", "khai/ma/", "khai/noi-o/"):
        led = switch(client, f"{URL}{path}")
        assert urlsplit(led).path == f"{ENGLISH}khai/tiep-tuc/", path
    assert KEPT in words(client.get(led))
    codes = {"reference": draft.reference, "code": references.shown_code(draft.code)}
    opened = client.post(urlsplit(led).path, codes)
    assert opened.headers["Location"] == f"{ENGLISH}khai/noi-o/"
    assert client.get(opened.headers["Location"]).status_code == 200


def test_a_form_that_was_sent_is_looked_up_in_the_other_language(client: Client) -> None:
    services.submit(fill(client).key)
    led = switch(client, f"{URL}bien-nhan/")
    assert urlsplit(led).path == f"{ENGLISH}tra-cuu/"
    assert KEPT in words(client.get(led))


def test_bug_a_form_removed_from_the_device_stayed_open_in_the_other_language(
    client: Client,
) -> None:
    """Attack: the next person at a shared device opens the page in the other language."""
    begin(client)
    sent = client.post(f"{URL}khai/xong/")
    gone = [one["path"] for one in sent.cookies.values() if one.key == COOKIE and not one.value]
    assert sorted(gone) == sorted([URL, ENGLISH])


def test_without_a_form_the_switch_leads_to_the_page(client: Client) -> None:
    assert switch(client, URL) == switch(client, f"{URL}khai/") == ENGLISH
    begin(client)
    assert switch(client, URL) == ENGLISH


def test_pages_of_one_persons_form_tell_robots_nothing(client: Client) -> None:
    """A declaration is thirty pages over a weak line; the introduction is what is found."""
    begin(client)
    for path in ("khai/", "khai/ma/", "khai/noi-o/"):
        head = client.get(f"{URL}{path}").content.decode().partition("</head>")[0]
        assert 'name="robots" content="noindex"' in head, path
        assert "canonical" not in head, path
        assert "hreflang" not in head, path
        assert "ld+json" not in head, path
    head = client.get(URL).content.decode().partition("</head>")[0]
    assert "canonical" in head
    assert "ld+json" in head
