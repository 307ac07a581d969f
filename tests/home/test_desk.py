"""The editors' desk: what waits for me, the week, scheduled pages, broken links, undo, preview."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from portal.areas.models import User
from portal.home.desk.undo import undo
from portal.home.link_checking import check_links
from portal.home.link_models import BrokenLink
from portal.home.models import PortalDocument, StandardPage
from portal.jobs import clock
from portal.jobs.registry import scheduled
from portal.news.models import ArticlePage, NoticePage
from tests.home.trees import Portal
from tests.news.test_budget import an_image

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DESK = "/quan-tri/"
# A Tuesday that is long to come: Wagtail asks the machine's own clock whether a date is over.
NOW = datetime(2040, 11, 20, 8, 0, tzinfo=clock.ZONE)


@pytest.fixture
def editor(portal: Portal) -> User:
    """Publishes everything below the news."""
    group = Group.objects.create(name="Biên tập mục")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        right = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=portal.news, permission=right)
    user = User.objects.create_user("bientap", last_name="Thu", first_name="Hương")
    user.groups.add(group)
    return user


@pytest.fixture
def chief(portal: Portal) -> User:
    """Sees everything."""
    return User.objects.create_superuser("quantri", last_name="Quản", first_name="Trị")


def enter(client: Client, user: User) -> Client:
    """At the desk."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, address: str) -> str:
    """A page of the back office."""
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def book(client: Client, address: str) -> list[tuple[Any, ...]]:
    """The rows of a workbook below its headings."""
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address).content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_bug_the_history_called_an_act_a_day(client: Client, portal: Portal, chief: User) -> None:
    """“Created” stood in it as “Ngày tạo”, the word for the day on which a page was made."""
    page = portal.article("Bài có lịch sử")
    log(instance=page, action="wagtail.create", user=chief)
    rows = read(enter(client, chief), f"{DESK}pages/{page.pk}/history/")
    assert "Bài có lịch sử" in rows
    assert "Ngày tạo" not in rows.partition("<table")[2]


def test_the_dashboard_counts_what_waits_and_leads_to_it(
    client: Client, portal: Portal, chief: User
) -> None:
    with clock.frozen(NOW):
        soon = NOW + timedelta(days=3)
        article = portal.article("Sắp hết hạn", expire_at=soon)
        portal.about.review_on = clock.today() - timedelta(days=1)
        portal.about.save()
        notice = NoticePage(title="Họp cuối", valid_until=clock.today() + timedelta(days=2))
        portal.notices.add_child(instance=notice)
        enter(client, chief)
        home = read(client, DESK)
        lists = {
            kind: read(client, f"{DESK}viec-cho-toi/{kind}/")
            for kind in ("sap-het-han", "ra-soat", "thong-bao")
        }
    assert all(f'href="{DESK}viec-cho-toi/{kind}/"' in home for kind in lists)
    assert f"{DESK}pages/{article.pk}/edit/" in lists["sap-het-han"]
    assert "23/11/2040" in lists["sap-het-han"]
    assert "Giới thiệu" in lists["ra-soat"]
    assert "Họp cuối" in lists["thong-bao"]


def test_the_numbers_are_of_the_own_pages_alone(
    client: Client, portal: Portal, editor: User
) -> None:
    with clock.frozen(NOW):
        portal.about.review_on = clock.today()
        portal.about.save()
        portal.about.expire_at = NOW + timedelta(days=1)
        portal.about.save()
        enter(client, editor)
        assert "Giới thiệu" not in read(client, f"{DESK}viec-cho-toi/ra-soat/")
        assert "Giới thiệu" not in read(client, f"{DESK}viec-cho-toi/sap-het-han/")
        assert "Giới thiệu" not in read(client, f"{DESK}lich-dang/")
    assert client.get(f"{DESK}viec-cho-toi/khong-co/").status_code == 404


def test_a_returned_page_waits_for_its_writer(client: Client, portal: Portal, chief: User) -> None:
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    way = Workflow.objects.create(name="Duyệt bài")
    task = GroupApprovalTask.objects.create(name="Đọc")
    WorkflowTask.objects.create(workflow=way, task=task.task_ptr, sort_order=0)
    page = portal.article("Bài nộp lên", live=False)
    page.save_revision(user=chief)
    state = way.start(page, chief)
    enter(client, chief)
    assert "Bài nộp lên" in read(client, f"{DESK}viec-cho-toi/duyet/")
    state.current_task_state.reject(user=chief, comment="Sửa tiêu đề")
    assert "Bài nộp lên" in read(client, f"{DESK}viec-cho-toi/tra-lai/")
    assert "Bài nộp lên" not in read(client, f"{DESK}viec-cho-toi/duyet/")


def test_the_panel_takes_at_most_fifteen_queries(
    client: Client, portal: Portal, editor: User
) -> None:
    from portal.home.desk.panel import WaitingPanel

    for number in range(5):
        portal.article(f"Bài {number}", expire_at=clock.now() + timedelta(days=1))
    request = enter(client, editor).get(DESK).wsgi_request
    request.user = User.objects.get(pk=editor.pk)
    with CaptureQueriesContext(connection) as spent:
        html = WaitingPanel().render_html({"request": request})
    assert ">5</td>" in html
    assert len(spent) <= 15


def test_the_week_shows_what_goes_live_and_what_expires(
    client: Client, portal: Portal, chief: User
) -> None:
    with clock.frozen(NOW):
        page = portal.article("Lên sóng thứ năm", live=False)
        page.go_live_at = NOW + timedelta(days=2)
        page.save_revision().publish()
        portal.article("Hết hạn thứ sáu", expire_at=NOW + timedelta(days=3))
        portal.article("Hết hạn sau một tuần", expire_at=NOW + timedelta(days=8))
        enter(client, chief)
        week = read(client, f"{DESK}lich-dang/")
        after = read(client, f"{DESK}lich-dang/?tuan=2040-W48")
        odd = read(client, f"{DESK}lich-dang/?tuan=2040-W99")
    assert week.index("Lên sóng thứ năm") < week.index("Hết hạn thứ sáu")
    assert "Hết hạn sau một tuần" not in week
    assert "Hết hạn sau một tuần" in after
    assert "19/11/2040" in odd


def test_scheduled_and_expired_pages_are_reported_also_as_a_workbook(
    client: Client, portal: Portal, chief: User
) -> None:
    page = portal.article("Chờ giờ", live=False)
    page.go_live_at = clock.now() + timedelta(days=20)
    page.save_revision().publish()
    portal.article("Sẽ gỡ", expire_at=clock.now() + timedelta(days=20))
    portal.article("Đã gỡ", live=False, expired=True, expire_at=clock.now() - timedelta(days=2))
    enter(client, chief)
    shown = {
        state: read(client, f"{DESK}hen-gio/?trang-thai={state}")
        for state in ("hen-dang", "se-het-han", "da-het-han")
    }
    titles = ("Chờ giờ", "Sẽ gỡ", "Đã gỡ")
    found = [[title in page for title in titles] for page in shown.values()]
    assert found == [[True, False, False], [False, True, False], [False, False, True]]
    rows = book(client, f"{DESK}hen-gio/?trang-thai=hen-dang&tep=xlsx")
    assert [row[0] for row in rows[1:]] == ["Chờ giờ"]


def test_broken_links_are_found_at_night_and_listed(
    client: Client, portal: Portal, chief: User
) -> None:
    gone = portal.article("Sắp mất")
    hidden = portal.article("Chưa đăng", live=False)
    fine = portal.article("Còn đó")
    text = "".join(
        f"<p>{link}</p>"
        for link in (
            f'<a linktype="page" id="{gone.pk}">bài đã xóa</a>',
            f'<a linktype="page" id="{hidden.pk}">bài nháp</a>',
            f'<a linktype="page" id="{fine.pk}">bài tốt</a>',
            '<a linktype="document" id="9999">tệp mất</a>',
            '<a href="/khong-co-trang-nay/">địa chỉ sai</a>',
            '<a href="/gioi-thieu/#muc">giới thiệu</a>',
            '<a href="https://chinhphu.vn/van-ban">nơi khác</a>',
            '<a href="https://sai địa chỉ">hỏng</a>',
            '<a href="mailto:ban@example.vn">thư</a>',
        )
    )
    portal.article("Có liên kết", body=[("paragraph", text)])
    gone.delete()
    assert "broken_links" in scheduled()
    check_links()
    found = dict(BrokenLink.objects.values_list("words", "reason"))
    assert found == {
        "bài đã xóa": "page_gone",
        "bài nháp": "page_hidden",
        "tệp mất": "file_gone",
        "địa chỉ sai": "not_found",
        "hỏng": "malformed",
    }
    page = read(enter(client, chief), f"{DESK}lien-ket-hong/")
    assert "địa chỉ sai" in page
    assert "Có liên kết" in page
    rows = book(client, f"{DESK}lien-ket-hong/?tep=xlsx")
    assert len(rows) == 6


def test_a_mended_link_leaves_the_report(portal: Portal) -> None:
    wrong = [("paragraph", '<p><a href="/sai/">sai</a></p>')]
    page = portal.article("Bài", body=wrong)
    assert check_links() == 1
    page.body = [("paragraph", "<p>Đã sửa</p>")]
    page.save()
    assert check_links() == 0
    assert not BrokenLink.objects.exists()


def test_links_in_blocks_within_blocks_are_read(portal: Portal) -> None:
    portal.home.body = [
        ("links", {"title": "", "links": [{"title": "Sai", "url": "/khong-co/"}]}),
        ("services", {"title": "", "services": [{"icon": "search", "title": "A", "page": None}]}),
    ]
    portal.home.save()
    assert check_links() == 1


def test_links_of_pages_that_are_not_mine_are_not_shown(
    client: Client, portal: Portal, editor: User
) -> None:
    """Attack: the report tells of pages outside the own section."""
    portal.about.body = [("paragraph", '<p><a href="/sai/">liên kết kín</a></p>')]
    portal.about.save()
    check_links()
    assert "liên kết kín" not in read(enter(client, editor), f"{DESK}lien-ket-hong/")


def test_a_publication_is_undone_in_one_step(client: Client, portal: Portal, chief: User) -> None:
    page = portal.article("Bài")
    for title in ("Bản đúng", "Bản lỗi"):
        page.title = title
        page.save_revision(user=chief).publish(user=chief)
    enter(client, chief)
    address = f"{DESK}hoan-tac/{page.pk}/"
    assert address in read(client, f"{DESK}pages/{page.pk}/edit/")
    assert read(client, address)
    client.post(address)
    page.refresh_from_db()
    assert (page.title, page.has_unpublished_changes) == ("Bản đúng", True)
    assert page.get_latest_revision_as_object().title == "Bản lỗi"
    assert undo(page, chief) is None


def test_who_does_not_publish_does_not_undo(client: Client, portal: Portal, editor: User) -> None:
    """Attack: the address of the button is typed for a page outside the own section."""
    page: StandardPage = portal.about
    for title in ("Bản đúng", "Bản mới"):
        page.title = title
        page.save_revision().publish()
    enter(client, editor).post(f"{DESK}hoan-tac/{page.pk}/")
    assert Page.objects.get(pk=page.pk).title == "Bản mới"


def preview(client: Client, page: ArticlePage, mode: str) -> Any:
    """What the preview pane shows of the saved page."""
    from wagtail.models import Page as Plain

    request = client.get(DESK).wsgi_request
    specific = Plain.objects.get(pk=page.pk).specific
    return specific.make_preview_request(original_request=request, preview_mode=mode)


def test_a_page_is_previewed_as_a_visitor_gets_it(
    client: Client, portal: Portal, chief: User
) -> None:
    page = portal.article("Bài kín")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    enter(client, chief)
    assert preview(client, page, "").status_code == 200
    assert preview(client, page, "visitor").status_code == 302
    sizes = {size["name"] for size in page.preview_sizes}
    assert {"mobile", "desktop"} <= sizes


def test_a_picture_without_a_description_is_refused(client: Client, chief: User) -> None:
    file = SimpleUploadedFile("anh.jpg", an_image().read(), "image/jpeg")
    data = {"title": "Ảnh", "file": file, "description": "", "collection": 1}
    answer = enter(client, chief).post(f"{DESK}images/add/", data)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"description"}


@pytest.mark.parametrize("way", ["link", "block"])
def test_a_file_in_the_text_of_a_draft_is_private(client: Client, portal: Portal, way: str) -> None:
    """Attack: numbers of files are counted up; the file hangs on a draft by its text alone."""
    file = PortalDocument.objects.create(title="Nháp", file=ContentFile(b"%PDF-", "nhap.pdf"))
    link = ("paragraph", f'<p><a linktype="document" id="{file.pk}">tệp</a></p>')
    body = [link if way == "link" else ("file", {"document": file, "label": ""})]
    page = portal.article("Nháp", live=False, body=body)
    assert client.get(file.url).status_code == 404
    page.save_revision().publish()
    assert client.get(file.url).status_code == 200
