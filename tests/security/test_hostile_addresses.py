"""Guessed addresses of files open nothing that is not public."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, GroupPagePermission

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.news.attachments import DocumentFile
from portal.news.models import OfficialDocumentPage
from portal.registration.models import ListImport, PublishedList
from tests.home.trees import Portal
from tests.registration.conftest import Workbook, make_officer

pytestmark = pytest.mark.once
TEXT = b"%PDF- ban nhap"
GUESSES = [
    "/media/{name}",
    "/media/private/{name}",
    "/media/images/../{name}",
    "/media/images/../../private/{name}",
    "/media/images/%2e%2e/%2e%2e/private/{name}",
    "/media/images/..%2f..%2fprivate%2f{name}",
    "/media/images//{path}",
    "/media/images/{path}",
    "/static/../private/{name}",
    "/static/%2e%2e/private/{name}",
    "/tep/1/{file}",
    "/tep/1/../../{name}",
    "/{name}",
    "/private/{name}",
    "/quan-tri/{name}",
]


@pytest.fixture
def kept(
    client: Client, officer: User, published: PublishedList, workbook: Workbook, tmp_path: Path
) -> dict[str, str]:
    """A file that waits for a decision in private storage, as a guesser may know it."""
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    with workbook().open("rb") as file:
        data = {"file": file, "version": published.version}
        client.post(reverse("registration_upload", args=[published.pk]), data)
    name = ListImport.objects.get().upload.name
    assert (tmp_path / "private" / name).is_file()
    return {
        "name": name,
        "file": Path(name).name,
        "path": f"{tmp_path}/private/{name}",
    }


@pytest.mark.parametrize("guess", GUESSES)
def test_a_file_of_a_list_has_no_address(
    client: Client, portal: Portal, kept: dict[str, str], guess: str
) -> None:
    """Attack: whoever knows the name of an uploaded list tries where it might lie."""
    response = client.get(guess.format(**kept), follow=True)
    assert response.status_code in {400, 404}
    assert "Nguyễn" not in response.content.decode()


def filed(page: OfficialDocumentPage) -> PortalDocument:
    """A file of the page."""
    file = PortalDocument(title="Kế hoạch")
    file.file.save("ke-hoach.pdf", ContentFile(TEXT))
    DocumentFile.objects.create(page=page, document=file)
    return file


def get(client: Client, file: PortalDocument) -> tuple[int, bytes]:
    """Status and content of the file's address."""
    response: Any = client.get(file.url)
    content = response.getvalue() if response.streaming else response.content
    return response.status_code, content


def test_a_file_of_a_draft_is_not_there_for_visitors(client: Client, portal: Portal) -> None:
    """Attack: numbers and names of files are counted up to read what is not published yet."""
    file = filed(portal.document("12/KH-UBND", live=False))
    status, content = get(client, file)
    assert (status, TEXT in content) == (404, False)
    OfficialDocumentPage.objects.get().save_revision().publish()
    assert get(client, file) == (200, TEXT)
    OfficialDocumentPage.objects.get().unpublish()
    assert get(client, file)[0] == 404


def test_a_file_of_a_draft_is_there_for_its_editors_only(
    client: Client, portal: Portal, foreign_officer: User
) -> None:
    """Attack: an officer who may not edit pages reads what their editors prepare."""
    file = filed(portal.document("12/KH-UBND", live=False))
    client.force_login(foreign_officer, backend="django.contrib.auth.backends.ModelBackend")
    assert get(client, file)[0] == 404
    editors = Group.objects.create(name="Biên tập")
    right = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=editors, page=portal.documents, permission=right)
    editor = make_officer("bien-tap", None, None)
    editor.groups.add(editors)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert get(client, file) == (200, TEXT)


def test_a_file_that_a_public_page_shares_with_a_draft_stays_public(
    client: Client, portal: Portal
) -> None:
    file = filed(portal.document("12/KH-UBND"))
    DocumentFile.objects.create(page=portal.document("13/KH-UBND", live=False), document=file)
    assert get(client, file) == (200, TEXT)


def test_a_file_is_served_under_its_own_name_only(client: Client, portal: Portal) -> None:
    """Attack: numbers of files are counted up with any name behind."""
    file = filed(portal.document("12/KH-UBND"))
    assert client.get(f"/tep/{file.pk}/khac.pdf").status_code == 404


def test_a_file_runs_nothing_in_the_portals_name(client: Client, portal: Portal) -> None:
    """Attack: a page of HTML is uploaded under the name of a PDF."""
    file = filed(portal.document("12/KH-UBND"))
    response = client.get(file.url)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_a_collection_for_a_group_is_closed_to_everybody_else(
    client: Client, portal: Portal, foreign_officer: User
) -> None:
    """Attack: the address of a restricted file is passed on to a colleague outside the group."""
    kept = Collection.get_first_root_node().add_child(name="Kín")
    CollectionViewRestriction.objects.create(
        collection=kept, restriction_type=CollectionViewRestriction.GROUPS
    )
    file = filed(portal.document("12/KH-UBND"))
    PortalDocument.objects.filter(pk=file.pk).update(collection=kept)
    client.force_login(foreign_officer, backend="django.contrib.auth.backends.ModelBackend")
    status, content = get(client, file)
    assert (status, content) == (302, b"")
