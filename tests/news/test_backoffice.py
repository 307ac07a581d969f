"""Editors' forms and code lists open, and what is in use stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.areas.models import User
from portal.news.models import DocumentType, Issuer, IssuerIndexPage
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser with an editor who may do everything."""
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    return client


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        ("home/standardpage", "home"),
        ("news/newsindexpage", "home"),
        ("news/sectionpage", "news"),
        ("news/articlepage", "section"),
        ("news/noticepage", "notices"),
        ("news/issuerindexpage", "documents"),
    ],
)
def test_every_form_opens(portal: Portal, editor: Client, kind: str, parent: str) -> None:
    page = getattr(portal, parent)
    assert editor.get(f"/quan-tri/pages/add/{kind}/{page.pk}/").status_code == 200


def test_existing_pages_open(portal: Portal, editor: Client) -> None:
    pages: list[Any] = [portal.home, portal.article("Bài"), portal.document("1/KH-UBND")]
    codes = [editor.get(f"/quan-tri/pages/{page.pk}/edit/").status_code for page in pages]
    assert codes == [200, 200, 200]


@pytest.mark.parametrize("name", ["documenttype", "issuer", "field"])
def test_code_lists(portal: Portal, editor: Client, name: str) -> None:
    assert editor.get(f"/quan-tri/news/{name}/").status_code == 200
    assert editor.get(f"/quan-tri/news/{name}/create/").status_code == 200


def test_what_documents_use_is_not_deleted(portal: Portal, editor: Client) -> None:
    portal.document("1/KH-UBND")
    kind = DocumentType.objects.get(code="plan")
    editor.post(f"/quan-tri/news/documenttype/delete/{kind.pk}/")
    editor.post(f"/quan-tri/news/issuer/delete/{portal.issuer.pk}/")
    assert DocumentType.objects.filter(pk=kind.pk).exists()
    assert Issuer.objects.filter(pk=portal.issuer.pk).exists()


def test_an_issuer_made_in_the_back_office_has_its_page(portal: Portal, editor: Client) -> None:
    data = {"name": "Sở Đường sắt", "abbreviation": "", "level": "department", "unit": ""}
    response = editor.post("/quan-tri/news/issuer/create/", data | {"slug": ""})
    assert response.status_code == 302
    assert IssuerIndexPage.objects.get(issuer__name="Sở Đường sắt").url == "/van-ban/so-duong-sat/"
