"""The back-office list of files and the text in them; reading again as a job."""

from __future__ import annotations

import io
from datetime import timedelta
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, ReferenceIndex

from portal.areas.models import User
from portal.home import reading_again
from portal.home.models import PortalDocument
from portal.jobs import clock
from portal.jobs.models import Job
from portal.jobs.services import execute_job
from portal.news.attachments import DocumentFile
from search import files
from search.files import TextState
from search.models import FileText, OutboxRow
from tests.home.trees import Portal
from tests.pdfs import text_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = "/quan-tri/tep-va-van-ban/"


def add(name: str, state: TextState | None = None, **values: Any) -> PortalDocument:
    """A file, and what the reader said of it."""
    content = ContentFile(
        text_pdf(f"Toàn văn của tệp {name} để đọc") if name.endswith("pdf") else name.encode(), name
    )
    document: PortalDocument = PortalDocument.objects.create(title=name, file=content)
    if state:
        given = {"page_count": 3, "pages": ["x"], "read_at": clock.now(), **values}
        FileText.objects.create(digest=document.digest, reader=files.READER, state=state, **given)
    return document


@pytest.fixture
def desk(client: Client, portal: Portal) -> Client:
    """A superuser at the desk."""
    user = User.objects.create_superuser("quantri", last_name="Quản", first_name="Trị")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def rows(client: Client, **query: str) -> list[str]:
    """Titles in the list."""
    shown = client.get(ADDRESS, query).context["files"]
    return [each["row"].document.title for each in shown]


def test_the_list_says_of_each_file_what_is_known_of_its_text(desk: Client, portal: Portal) -> None:
    add("ảnh.zip")
    add("mới.pdf")
    add("ảnh chụp.pdf", TextState.SCANNED, scans_left="waiting")
    add("hỏng.pdf", TextState.DAMAGED, sentence="Tệp hỏng.", page_count=0, pages=[])
    scan = add("bản quét.pdf", TextState.RECOGNISED, confidence={"1": 80, "3": 61})
    page = portal.document("12/KH-UBND", "Kế hoạch mười hai")
    page.files = [DocumentFile(document=scan)]
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    text = unescape(desk.get(ADDRESS).content.decode())
    assert rows(desk) == ["bản quét.pdf", "hỏng.pdf", "ảnh chụp.pdf", "mới.pdf", "ảnh.zip"]
    assert "Tệp hỏng." in text
    assert "2, 70%" in text
    assert text.count(_("waits for text recognition")) == 1
    assert f'<a href="{page.get_url()}">Kế hoạch mười hai</a>' in text
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get(ADDRESS, {"tep": "xlsx"}).content)).active
    assert sheet is not None
    first = list(sheet.iter_rows(values_only=True))[1]
    assert (first[0], first[1], first[3:6]) == ("bản quét.pdf", "PDF", (3, 2, 70))
    assert first[8] == "Kế hoạch mười hai"


def test_the_list_is_narrowed_by_state_kind_and_words(desk: Client) -> None:
    add("Kế hoạch.pdf", TextState.TEXT)
    add("Bảng.xlsx", TextState.LOCKED)
    add("Chưa đọc.docx")
    add("Ảnh.zip")
    call_command("update_index", verbosity=0, stdout=io.StringIO())
    assert rows(desk, **{"trang-thai": "locked"}) == ["Bảng.xlsx"]
    assert rows(desk, **{"trang-thai": "khong-tim-duoc"}) == ["Bảng.xlsx"]
    assert rows(desk, **{"trang-thai": "chua-doc"}) == ["Chưa đọc.docx"]
    assert rows(desk, loai="pdf") == ["Kế hoạch.pdf"]
    assert rows(desk, tu="ke hoach") == ["Kế hoạch.pdf"]
    assert len(rows(desk, **{"trang-thai": "x'", "loai": "exe", "tu": "", "trang": "9"})) == 4


def test_one_file_and_all_that_failed_are_read_again_by_the_worker(desk: Client) -> None:
    good = add("tốt.pdf", TextState.TEXT)
    broken = add("hỏng.pdf", TextState.INTERRUPTED, page_count=0, pages=[])
    OutboxRow.objects.all().delete()
    desk.post(ADDRESS, {"file": str(good.pk)})
    job = Job.objects.get()
    assert (job.kind, job.params) == (reading_again.KIND, {"files": [good.pk]})
    answer = desk.post(ADDRESS, {"action": "failed"}, follow=True)
    assert Job.objects.count() == 1
    assert answer.context["jobs"][0] == job
    execute_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 1, 1)
    desk.post(ADDRESS, {"action": "failed"})
    execute_job.func(Job.objects.latest("pk").pk)
    facts = files.facts_of([good.digest, broken.digest])
    assert [facts[each.digest].state for each in (good, broken)] == [TextState.TEXT] * 2
    assert "Toàn văn của tệp hỏng" in files.kept_pages(broken.digest)[0]
    keys = set(OutboxRow.objects.filter(kind="file").values_list("key", flat=True))
    assert keys == {str(good.pk), str(broken.pk)}


def test_an_editor_sees_and_reads_the_files_of_the_own_collection_alone(
    client: Client, portal: Portal
) -> None:
    own = Collection.get_first_root_node().add_child(name="Xã Tân Trào")
    group = Group.objects.create(name="Biên tập xã")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    right = Permission.objects.get(
        codename="change_document", content_type__app_label="wagtaildocs"
    )
    GroupCollectionPermission.objects.create(group=group, collection=own, permission=right)
    user = User.objects.create_user("bientap", last_name="Thu", first_name="Hương")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(ADDRESS).status_code in {302, 403}
    user.groups.add(group)
    foreign, mine = add("tỉnh.pdf", TextState.FAILED), add("xã.pdf", TextState.FAILED)
    PortalDocument.objects.filter(pk=mine.pk).update(collection=own)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert rows(client) == ["xã.pdf"]
    client.post(ADDRESS, {"file": str(foreign.pk)})
    assert Job.objects.count() == 0
    client.post(ADDRESS, {"action": "failed"})
    assert Job.objects.get().params == {"files": [mine.pk]}


def test_a_long_list_asks_no_more_than_a_short_one(desk: Client, portal: Portal) -> None:
    desk.get(ADDRESS)
    for number in range(60):
        document = PortalDocument(title=f"Tệp {number}", digest=f"{number:064}", file="x.pdf")
        document.file_size = 1
        document.save()
        FileText.objects.create(
            digest=document.digest,
            reader=files.READER,
            state=TextState.TEXT,
            read_at=clock.now() - timedelta(days=1),
        )
    with CaptureQueriesContext(connection) as asked:
        assert len(desk.get(ADDRESS).context["files"]) == 50
    assert len(asked) <= 15
