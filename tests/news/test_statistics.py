"""What editors learn of readers and authors, and packages of an old portal in the back office."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import GroupPagePermission

from portal.areas.models import User
from portal.jobs import clock
from portal.jobs.models import Job
from portal.jobs.services import execute_job
from portal.news import import_jobs, readings
from portal.news.models import ArticlePage
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
SPAN = "?tu=2026-11-01&den=2026-11-30"


def editor_of(page: Any, client: Client) -> Client:
    """An editor of one page's tree, with the right to see statistics and to move things in."""
    group = Group.objects.create(name="Biên tập")
    rights = Permission.objects.filter(
        codename__in=("access_admin", "view_statistics", "import_content")
    )
    group.permissions.add(*rights)
    for right in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=page, permission=Permission.objects.get(codename=right)
        )
    user = User.objects.create_user("bientap", password="Demo-2026")
    user.groups.add(group)
    client.force_login(user)
    return client


@pytest.fixture
def read(portal: Portal) -> Portal:
    """Two articles and a document that were read."""
    moment = datetime(2026, 11, 20, 8, tzinfo=clock.ZONE)
    text = [("paragraph", "<p>bốn chữ ở đây</p>")]
    first = portal.article("Tin một", byline="Tin: Thu Hương", published_at=moment, body=text)
    second = portal.article(
        "Bài hai", byline="Thu Hương – Lò Én", published_at=moment, body=text, genre="bai"
    )
    portal.article("Tin cũ", byline="Thu Hương", published_at=moment.replace(year=2020))
    document = portal.document("167/KH-UBND")
    readings.write({(DAY, first.pk): 3, (DAY, second.pk): 9, (DAY, document.pk): 5})
    readings.write({(date(2026, 10, 1), first.pk): 100})
    return portal


def test_views_by_article_section_and_document(read: Portal, client: Client) -> None:
    answer = editor_of(read.home, client).get(f"/quan-tri/thong-ke-tin-bai/{SPAN}")
    context = answer.context
    assert [(line.title, line.views) for line in context["bai"]] == [("Bài hai", 9), ("Tin một", 3)]
    assert [(line.title, line.count, line.views) for line in context["muc"]] == [
        ("Đời sống xã hội", 2, 12)
    ]
    assert [line.views for line in context["van_ban"]] == [5]
    assert "12 lượt xem tin, bài" in unescape(answer.content.decode())


def test_authors_are_counted_by_kind_and_words(read: Portal, client: Client) -> None:
    address = f"/quan-tri/thong-ke-tin-bai/tac-gia.xlsx{SPAN}"
    answer = editor_of(read.home, client).get(address)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
        ("Lò Én", "bài", 1, 4),
        ("Thu Hương", "bài", 1, 4),
        ("Thu Hương", "tin", 1, 4),
    ]


def test_an_agencys_editor_sees_the_own_tree_alone(read: Portal, client: Client) -> None:
    """Attack: an editor of one tree asks for what other trees write and are read."""
    context = editor_of(read.documents, client).get(f"/quan-tri/thong-ke-tin-bai/{SPAN}").context
    assert (context["bai"], context["tac_gia"], len(context["van_ban"])) == ([], [], 1)


@pytest.mark.parametrize(
    "address", ["thong-ke-tin-bai/", "thong-ke-tin-bai/bai.xlsx", "nhap-noi-dung/"]
)
def test_without_the_right_nothing_opens(portal: Portal, client: Client, address: str) -> None:
    """Attack: somebody who may enter the back office, and no more, types the address."""
    editor = editor_of(portal.home, client)
    assert editor.get(f"/quan-tri/{address}").status_code == 200
    Group.objects.get(name="Biên tập").permissions.remove(
        *Permission.objects.filter(codename__in=("view_statistics", "import_content"))
    )
    assert editor.get(f"/quan-tri/{address}").status_code in {302, 403}


@pytest.mark.parametrize("span", ["?tu=hom-qua", "?tu=2026-12-01&den=2026-01-01", "?den=\x00"])
def test_senseless_days_are_answered(read: Portal, client: Client, span: str) -> None:
    """Attack: meaningless days in the address."""
    assert editor_of(read.home, client).get(f"/quan-tri/thong-ke-tin-bai/{span}").status_code == 200


def packed(**files: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in files.items():
            package.writestr(name.replace("_csv", ".csv").replace("_up", "../"), text)
    return SimpleUploadedFile("goi.zip", out.getvalue(), "application/zip")


def upload(client: Client, file: SimpleUploadedFile) -> Job:
    answer = client.post("/quan-tri/nhap-noi-dung/", {"what": "bai", "file": file, "live": "on"})
    assert answer.status_code == 302, answer.context["form"].errors
    job = Job.objects.get(kind=import_jobs.KIND)
    execute_job.func(job.pk)
    job.refresh_from_db()
    return job


def test_a_package_is_taken_in_as_a_job_with_a_report(portal: Portal, client: Client) -> None:
    table = (
        "title,section,date,body\n"
        "Bài mới,Đời sống xã hội,2024-09-23,<p>Chữ</p>\n"
        "Bài hỏng,Đời sống xã hội,hôm qua,<p>Chữ</p>\n"
    )
    editor = editor_of(portal.home, client)
    job = upload(editor, packed(bai_csv=table))
    assert (job.state, job.error) == (Job.State.DONE, "")
    assert ArticlePage.objects.get().live
    text = unescape(editor.get(f"/quan-tri/nhap-noi-dung/{job.pk}/").content.decode())
    assert "Bài hỏng" in text
    answer: Any = editor.get(f"/quan-tri/nhap-noi-dung/{job.pk}/ket-qua.xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["đã nhập", "hỏng"]


def test_a_package_goes_no_further_than_its_editor(portal: Portal, client: Client) -> None:
    """Attack: an editor of one tree moves articles into another by a package."""
    table = "Tiêu đề,Chuyên mục,Ngày giờ,Nội dung\nBài,Đời sống xã hội,2024-09-23,<p>Chữ</p>\n"
    job = upload(editor_of(portal.documents, client), packed(bai_csv=table))
    assert (job.state, job.error[:16]) == (Job.State.FAILED, "Bạn không có quy")
    assert not ArticlePage.objects.exists()


def test_a_package_of_somebody_else_is_not_there(portal: Portal, client: Client) -> None:
    """Attack: the number of another editor's package in the address."""
    other = User.objects.create_user("khac", password="Demo-2026")
    job = Job.objects.create(kind=import_jobs.KIND, owner=other, created=clock.now())
    editor = editor_of(portal.home, client)
    for part in ("", "ket-qua.xlsx"):
        assert editor.get(f"/quan-tri/nhap-noi-dung/{job.pk}/{part}").status_code == 404


@pytest.mark.parametrize("files", [{"_upbi-mat_csv": "x"}, {"doc.txt": "x"}])
def test_hostile_packages_are_explained(
    portal: Portal, client: Client, files: dict[str, str]
) -> None:
    """Attack: a package that names a file outside of itself; one without a manifest."""
    job = upload(editor_of(portal.home, client), packed(**files))
    assert job.state == Job.State.FAILED
    assert job.error.startswith("Gói dữ liệu")
    assert not storages["private"].exists(job.params["file"])


def test_what_is_no_zip_is_refused_in_the_form(portal: Portal, client: Client) -> None:
    """Attack: another file under the name of a ZIP."""
    file = SimpleUploadedFile("goi.zip", b"<html>")
    answer = editor_of(portal.home, client).post(
        "/quan-tri/nhap-noi-dung/", {"what": "bai", "file": file}
    )
    assert "phải là tệp ZIP" in unescape(answer.content.decode())
    assert not Job.objects.exists()
