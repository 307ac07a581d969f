"""Files dropped on the editor's form: what is kept, what is told, who may."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.jobs.models import Job
from portal.jobs.services import execute_job
from portal.news.reading_files import KIND
from tests import pdfs
from tests.home.trees import Portal

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = "/quan-tri/tep-tha/"
PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH\nSố: 431/KH-UBND\nTuyên Quang, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\n"
    "Dạy nghề cho lao động nông thôn năm 2026"
)


def editor(name: str, *rights: str) -> Client:
    """Somebody of the back office with these rights over files."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(
                codename=right, content_type__app_label="wagtaildocs"
            ),
        )
    user = User.objects.create_user(name, password="Demo-2026")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def drop(client: Client, name: str, content: bytes) -> Any:
    """One file on the form."""
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def read_files() -> None:
    """What the worker does."""
    for job in Job.objects.filter(kind=KIND, state=Job.State.QUEUED):
        execute_job.func(job.pk)


def test_pages_state_and_proposals_come_when_the_worker_has_read(portal: Portal) -> None:
    other = portal.document("431/KH-UBND", "Kế hoạch đã có")
    client = editor("ha", "add_document")
    kept = drop(client, "ke-hoach-431.pdf", pdfs.text_pdf(PLAN, "Trang hai")).json()
    assert kept["title"] == "ke-hoach-431"
    waiting = client.get(kept["state_url"])
    assert waiting.status_code == 202

    read_files()
    answer = client.get(kept["state_url"], {"de-xuat": "1"})
    assert answer.status_code == 200
    text = unescape(answer.content.decode())
    assert "2 trang" in text
    assert 'data-fill="number_text" value="431/KH-UBND"' in text
    assert 'data-fill="issued_on" value="05/03/2026"' in text
    assert "Kế hoạch dạy nghề cho lao động nông thôn năm 2026" in text
    assert f"“{other.title}”" in text
    assert f"/quan-tri/pages/{other.pk}/edit/" in text


def test_a_secrecy_mark_is_told_before_anything_is_saved(portal: Portal) -> None:
    client = editor("ha", "add_document")
    kept = drop(client, "mat.pdf", pdfs.text_pdf(f"MẬT\n{PLAN}")).json()
    read_files()
    text = unescape(client.get(kept["state_url"]).content.decode())
    assert "help-critical" in text
    assert "MẬT" in text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tep.exe", b"MZ", "“exe”"),
        ("rong.pdf", b"", "rỗng"),
        ("anh.svg", b"<svg/>", "“svg”"),
    ],
)
def test_a_refused_file_is_named_by_its_cause_and_not_kept(
    portal: Portal, name: str, content: bytes, sentence: str
) -> None:
    answer = drop(editor("ha", "add_document"), name, content)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]
    assert not PortalDocument.objects.exists()


def test_no_file_at_all_is_answered_in_words(portal: Portal) -> None:
    answer = editor("ha", "add_document").post(ADDRESS)
    assert answer.status_code == 400
    assert "Không nhận được tệp" in answer.json()["error"]


def test_who_may_add_no_files_drops_none(portal: Portal) -> None:
    """Attack: an account of the back office without any right over files posts one."""
    answer = drop(editor("khach"), "ke-hoach.pdf", pdfs.text_pdf(PLAN))
    assert answer.status_code == 400
    assert not PortalDocument.objects.exists()


def test_what_somebody_else_dropped_is_not_told(portal: Portal) -> None:
    """Attack: a guessed number of a file that another editor's draft is about."""
    kept = drop(editor("ha", "add_document"), "rieng.pdf", pdfs.text_pdf(PLAN)).json()
    read_files()
    assert editor("khach", "add_document").get(kept["state_url"]).status_code == 404
    assert Client().get(kept["state_url"]).status_code == 302
