"""Wagtail's own search finds Vietnamese with and without accents, and survives what is typed."""

from __future__ import annotations

import unicodedata
from itertools import product
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from portal.areas.models import User
from portal.home.models import PortalDocument, PortalImage
from portal.news.models import ArticlePage
from tests.home.trees import Portal
from tests.news.test_budget import an_image

pytestmark = pytest.mark.django_db
TITLE = "Đường vào xã Tân Trào"
TYPED = ["đường tân trào", "duong tan trao", "ĐƯỜNG", "Tân Trao", "duo", "xã tân"]


@pytest.fixture
def found_by(portal: Portal) -> Portal:
    """One of each under the same title, in the index."""
    search = get_search_backend()
    page = portal.article(TITLE)
    file = PortalDocument.objects.create(title=TITLE, file=ContentFile(b"%PDF-", "duong.pdf"))
    image = PortalImage.objects.create(title=TITLE, file=an_image())
    for each in (page, file, image, portal.article("Chợ phiên")):
        search.add(each)
    return portal


def test_accents_are_never_needed(found_by: Portal) -> None:
    typed = [*TYPED, unicodedata.normalize("NFD", "Đường vào")]
    models: list[Any] = [Page, ArticlePage, PortalDocument, PortalImage]
    for model, text in product(models, typed):
        found = get_search_backend().autocomplete(text, model.objects.all())
        assert [each.title for each in found] == [TITLE], (model, text)


def test_nothing_typed_is_an_error(found_by: Portal) -> None:
    """Attack: the signs of the query language, and a text without end."""
    search = get_search_backend()
    for typed in ('"', '"duong', "duong*", "AND OR NOT", "'", "a" * 10_000, "()", ""):
        for found in (
            search.search(typed, Page.objects.all()),
            search.autocomplete(typed, Page.objects.all()),
            search.search(typed, Page.objects.all(), fields=["title"]),
        ):
            assert len(list(found)) <= 1, typed


def test_the_back_office_finds_a_page_and_a_file(found_by: Portal, client: Client) -> None:
    admin = User.objects.create_superuser("quantri")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("pages/search/", "documents/", "images/"):
        page = client.get(f"/quan-tri/{address}", {"q": "duong vao xa"})
        assert page.status_code == 200
        assert TITLE in page.content.decode()
    assert client.get("/quan-tri/pages/search/", {"q": '"' * 10_000}).status_code == 200
