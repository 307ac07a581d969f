"""Records of xã Tân Trào behind every kind of address, and the words that must not get out."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Locale,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
)

from portal.areas.models import Assignment, User, Village
from portal.dialogue.questions import services as questions
from portal.dialogue.requests import services as requests
from portal.forms.inbox import exporting
from portal.home.models import (
    NewsOffer,
    PortalDocument,
    PortalImage,
    ScheduleIndexPage,
    ScheduleWeekPage,
)
from portal.jobs import clock
from portal.jobs.models import Job
from portal.news import import_jobs
from portal.news.models import DocumentType, Field
from portal.registration.models import ListImport, PublishedList
from portal.workdays.models import Holiday
from search.models import Abbreviation
from search.text import fold, sort_key
from tests.forms.inbox.world import send
from tests.home.trees import Portal

DRAFT = "Bài kín"
SECRETS = (
    "Nguyễn Văn Ân",
    "Ma Thị Đức",
    "Thôn Tân Lập",
    "Thôn Kín",
    "ho-so-kin.xlsx",
    "Sai ở dòng kín",
    DRAFT,
    "Tệp kín",
    "Ảnh kín",
    "canbo-tantrao",
    "Câu hỏi kín",
)


# What addresses name beside records: parts of an address that are the same for everybody.
WORDS = {
    "ending": "csv",
    "sitemap": "trang",
    "paper": "mau-01",
    "table": "tac-gia",
    "delete_action": "delete",
    "first": "earliest",
    "second": "latest",
    "page_app": "news",
    "page_model": "articlepage",
    "core_app": "wagtailcore",
    "core_model": "page",
    "tag_app": "taggit",
    "tag_model": "tag",
    "task_app": "wagtailcore",
    "task_model": "groupapprovaltask",
    "filter": "width-100",
    "uid": "MQ",
    "token": "abc-0123456789abcdef",
    "number": 1,
    "waiting": "sap-het-han",
    "code_list": "issuer",
    "question_step": "tu-choi",
}


def records_of(
    portal: Portal, shown: PublishedList, hidden: PublishedList, user: User
) -> dict[str, Any]:
    """The values that addresses name, by kind."""
    assert shown.unit is not None
    return {
        **WORDS,
        **_list(shown, hidden),
        **_area(shown, user),
        **_arrived(shown, user),
        **_asked(shown),
        **_pages(portal, user),
        **_files(user),
        **_site(portal, user),
    }


def _list(shown: PublishedList, hidden: PublishedList) -> dict[str, object]:
    error = {"sheet": "A", "row": 2, "column": "B", "message": "Sai ở dòng kín"}
    made = ListImport.objects.create(
        published_list=shown,
        file_name="ho-so-kin.xlsx",
        at=clock.now(),
        state="ready",
        errors=[error],
        preview={"totals": [], "rows": [["Ma Thị Đức", "Thôn Kín", "Tân Trào", "poor"]]},
    )
    return {
        "list": shown.pk,
        "import": made.pk,
        "draft_path": f"danh-sach/{hidden.slug}/",
    }


def _area(shown: PublishedList, user: User) -> dict[str, object]:
    village = Village.objects.create(
        unit=shown.unit,
        name="Thôn Kín",
        name_folded=fold("Thôn Kín"),
        sort_key=sort_key("Thôn Kín"),
        kind="thon",
    )
    day = date(clock.today().year, 9, 3)
    return {
        "holiday": Holiday.objects.create(date=day, name="Nghỉ", source="Thông báo").pk,
        "village": village.pk,
        "unit": shown.unit_id,
        "assignment": Assignment.objects.get(user=user).pk,
    }


def _arrived(shown: PublishedList, user: User) -> dict[str, object]:
    """A form that arrived in the commune, and the officer's export of it."""
    record = send(shown.unit, name="Ma Thị Đức")
    export = Job.objects.create(
        kind=exporting.KIND,
        owner=user,
        state=Job.State.DONE,
        params={"query": "", "reason": "Ma Thị Đức"},
        created=clock.now(),
    )
    package = Job.objects.create(
        kind=import_jobs.KIND,
        owner=user,
        state=Job.State.DONE,
        params={"name": "Tệp kín"},
        created=clock.now(),
    )
    package.result_file.save("ket-qua.xlsx", ContentFile("Ma Thị Đức".encode()))
    return {"submission": record.pk, "export": export.pk, "package": package.pk}


def _asked(shown: PublishedList) -> dict[str, object]:
    """A question that was forwarded to the commune, and a request that is the province's alone."""
    sent = ("Ma Thị Đức", "duc@example.vn", "Câu hỏi kín", "Câu hỏi kín", False)
    question = questions.ask(questions.Asked(*sent), uuid.uuid4(), "203.0.113.7")
    question.unit = shown.unit
    question.save(update_fields=["unit"])
    secret = {"name": "Ma Thị Đức.pdf", "content": "Ma Thị Đức".encode()}
    question.files.create(number=1, kind="pdf", size=9, **secret)
    private = {"name": "Ma Thị Đức", "contact": "duc@example.vn", "details": "Câu hỏi kín"}
    made = requests.file_request(uuid.uuid4(), "delete", private, "203.0.113.7")
    return {"question": question.pk, "request": made.pk}


def _pages(portal: Portal, user: User) -> dict[str, object]:
    page = portal.article(DRAFT)
    schedule = portal.home.add_child(instance=ScheduleIndexPage(title="Lịch công tác"))
    week = ScheduleWeekPage(monday=clock.today(), note=DRAFT, live=False)
    schedule.add_child(instance=week)
    revision = page.save_revision()
    page.unpublish()
    draft_page = str(page.url_path).partition("/")[2].partition("/")[2].strip("/")
    restriction = PageViewRestriction.objects.create(
        page=portal.about, restriction_type="password", password="Kin-2026"
    )
    return {
        "page": page.pk,
        "week": week.pk,
        "parent": page.get_parent().pk,
        "offer": NewsOffer.objects.create(page=page, note=DRAFT).pk,
        "revision": revision.pk,
        "page_restriction": restriction.pk,
        "restricted_page": portal.about.pk,
        "draft_page": draft_page,
        "session": EditingSession.objects.create(
            user=user, content_object=page, last_seen_at=clock.now()
        ).pk,
    }


def _files(user: User) -> dict[str, object]:
    kept = Collection.get_first_root_node().add_child(name="Kín")
    restriction = CollectionViewRestriction.objects.create(
        collection=kept, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Cán bộ Tân Trào"))
    document = PortalDocument(title="Tệp kín", collection=kept)
    document.file.save("tep-kin.pdf", ContentFile("%PDF- Nguyễn Văn Ân".encode()))
    picture = PortalImage.objects.create(
        title="Ảnh kín", file=get_test_image_file(), collection=kept
    )
    return {
        "document": document.pk,
        "file_name": document.filename,
        "image": picture.pk,
        "collection": kept.pk,
        "collection_restriction": restriction.pk,
        "uploaded_document": _upload(PortalDocument, user),
        "uploaded_image": _upload(PortalImage, user),
    }


def _upload(model: type[PortalDocument | PortalImage], user: User) -> int:
    """A file of several that its owner has not named yet."""
    made = UploadedFile(
        for_content_type=ContentType.objects.get_for_model(model), uploaded_by_user=user
    )
    made.file.save("tep-kin.pdf", ContentFile(b"%PDF-"))
    return int(made.pk)


def _site(portal: Portal, user: User) -> dict[str, object]:
    group = Group.objects.get(name="Cán bộ Tân Trào")
    task = GroupApprovalTask.objects.create(name="Duyệt")
    return {
        "user": user.pk,
        "redirect": Redirect.objects.create(old_path="/cu", redirect_link="/moi/").pk,
        "group": group.pk,
        "site": Site.objects.get().pk,
        "locale": Locale.objects.get().pk,
        "task": task.pk,
        "workflow": Workflow.objects.create(name="Quy trình").pk,
        "type": DocumentType.objects.earliest("pk").pk,
        "issuer": portal.issuer.pk,
        "abbreviation": Abbreviation.objects.create(short="VD", long="Ví dụ").pk,
        "field": Field.objects.create(name="Đất đai", slug="dat-dai").pk,
    }
