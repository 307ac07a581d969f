"""The officer's way: upload, errors or preview, window, question, public; and withdrawal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal.areas.models import User
from portal.jobs import clock
from portal.jobs.models import Job
from portal.privacy.models import ReadEvent
from portal.registration import imports, services
from portal.registration.models import ListEntry, ListImport, PublishedList
from tests.registration.conftest import MONDAY, ROWS, Workbook

pytestmark = pytest.mark.once

WINDOW = {"first": "2026-11-23", "last": "2026-11-26"}


@pytest.fixture
def staff(client: Client, officer: User) -> Client:
    """The officer of Tân Trào, logged in."""
    client.force_login(officer)
    return client


def address(name: str, *args: int | str) -> str:
    return reverse(f"registration_{name}", args=args)


def upload(client: Client, item: PublishedList, path: Path, version: int | None = None) -> Any:
    with path.open("rb") as file:
        data = {"file": file, "version": item.version if version is None else version}
        return client.post(address("upload", item.pk), data, follow=True)


def html(response: HttpResponse) -> str:
    return response.content.decode()


def test_an_officer_makes_a_list_of_their_commune(staff: Client, officer: User) -> None:
    unit = PublishedList._meta.get_field("unit").related_model.objects.get(code="02545")
    assert staff.get(address("create")).status_code == 200
    answer = staff.post(address("create"), {"title": "Hộ nghèo Tân Trào", "unit": unit.pk})
    made = PublishedList.objects.get()
    assert answer["Location"] == address("list", made.pk)
    assert (made.slug, made.unit, made.created_by) == ("ho-ngheo-tan-trao", unit, officer)


def test_bug_every_page_of_the_lists_bore_one_heading(staff: Client, draft: PublishedList) -> None:
    """A new list was headed “Published lists”, withdrawing by the list's title alone."""
    for name, keys in (("create", ()), ("withdraw", (draft.pk,)), ("list", (draft.pk,))):
        context = staff.get(address(name, *keys)).context
        labels = [crumb["label"] for crumb in context["breadcrumbs_items"]]
        assert labels[-1] == context["page_title"]
        assert len(labels) == len(set(labels))


def test_two_lists_of_one_title_get_two_addresses(client: Client, province_officer: User) -> None:
    client.force_login(province_officer)
    client.post(address("create"), {"title": "Hộ nghèo"})
    client.post(address("create"), {"title": "Hộ nghèo"})
    slugs = set(PublishedList.objects.values_list("slug", flat=True))
    assert slugs == {"ho-ngheo", "ho-ngheo-2"}


def test_a_good_file_fills_the_draft_and_is_shown_masked(
    staff: Client, draft: PublishedList, workbook: Workbook
) -> None:
    response = upload(staff, draft, workbook(ROWS[:2]))
    page = html(response)
    assert "Nguyễn Văn Ân" in page
    assert ListEntry.objects.count() == 2
    assert ListImport.objects.get().state == "applied"
    assert "no-store" in response["Cache-Control"]


def test_a_bad_file_changes_nothing_and_its_errors_can_be_downloaded(
    staff: Client,
    draft: PublishedList,
    workbook: Workbook,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    bad = workbook([*ROWS, (4, "=1+1", "Bòng", "Nơi Khác", "giàu")])
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(staff, draft, bad)
    item = ListImport.objects.get()
    page = html(response)
    assert item.state == "refused"
    assert "Danh sách" in page
    assert "Diện" in page
    assert ListEntry.objects.count() == 3
    assert not [path for path in (tmp_path / "private").rglob("*") if path.is_file()]
    answer = staff.get(address("import_errors", draft.pk, item.pk, "xlsx"))
    copy = tmp_path / "errors.xlsx"
    copy.write_bytes(answer.content)
    rows = list(openpyxl.load_workbook(copy).worksheets[0].values)
    assert len(rows) == len(item.errors) + 1
    assert {row[1] for row in rows[1:]} == {5}


def test_errors_as_csv_open_in_a_spreadsheet_with_accents(
    staff: Client, draft: PublishedList, workbook: Workbook
) -> None:
    upload(staff, draft, workbook([(1, "Lý A", "Bòng", "Tân Trào", "giàu")]))
    answer = staff.get(address("import_errors", draft.pk, ListImport.objects.get().pk, "csv"))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "Diện" in answer.content.decode("utf-8-sig")


def test_who_reads_the_names_is_written_down(
    staff: Client, draft: PublishedList, officer: User
) -> None:
    staff.get(address("list", draft.pk))
    event = ReadEvent.objects.get()
    assert (event.user, event.record_kind, event.record_id, event.unit) == (
        officer,
        "registration.publishedlist",
        str(draft.pk),
        draft.unit,
    )


@pytest.mark.parametrize("name", ["a.pdf", "a.xls", "a"])
def test_other_kinds_of_files_are_refused_by_a_sentence(
    staff: Client, draft: PublishedList, workbook: Workbook, name: str
) -> None:
    response = upload(staff, draft, workbook(name="b.xlsx").rename(workbook().parent / name))
    assert "XLSX" in html(response)
    assert not ListImport.objects.exists()


def test_a_list_is_published_after_a_question_with_the_totals(
    staff: Client, draft: PublishedList, officer: User
) -> None:
    data = WINDOW | {"version": draft.version}
    question = staff.post(address("publish", draft.pk), data)
    assert "26/11/2026" in html(question)
    assert PublishedList.objects.get().state == "draft"
    staff.post(address("publish", draft.pk), data | {"confirm": "1"})
    assert PublishedList.objects.get().state == "published"
    assert draft.events.latest("pk").by == officer


def test_the_window_form_proposes_three_working_days(staff: Client, draft: PublishedList) -> None:
    page = html(staff.get(address("publish", draft.pk)))
    assert "2026-11-23" in page
    assert "2026-11-26" in page


def test_a_window_that_ends_before_it_begins_is_explained(
    staff: Client, draft: PublishedList
) -> None:
    data = {"first": "2026-11-26", "last": "2026-11-23", "version": draft.version, "confirm": "1"}
    assert staff.post(address("publish", draft.pk), data).status_code == 200
    assert PublishedList.objects.get().state == "draft"


def test_a_replayed_publish_form_does_nothing(staff: Client, draft: PublishedList) -> None:
    """Attack: a recorded confirmation is sent again after the list was withdrawn and refilled."""
    data = WINDOW | {"version": draft.version, "confirm": "1"}
    staff.post(address("publish", draft.pk), data)
    version = PublishedList.objects.get().version
    response = staff.post(address("publish", draft.pk), data, follow=True)
    assert response.status_code == 200
    assert PublishedList.objects.get().version == version
    assert draft.events.filter(action="published").count() == 1


def test_an_upload_from_an_old_page_is_refused(
    staff: Client, draft: PublishedList, workbook: Workbook
) -> None:
    upload(staff, draft, workbook(ROWS[:1]), version=draft.version - 1)
    assert ListEntry.objects.count() == 3
    assert not ListImport.objects.exists()


def test_a_file_for_a_public_list_waits_for_a_decision(
    staff: Client, published: PublishedList, workbook: Workbook
) -> None:
    response = upload(staff, published, workbook(ROWS[:1]))
    item = ListImport.objects.get()
    assert item.state == "ready"
    assert "Nguyễn Văn An" in html(response)
    assert ListEntry.objects.count() == 3
    decide = address("import_decide", published.pk, item.pk)
    staff.post(decide, {"version": published.version})
    item.refresh_from_db()
    assert (item.state, item.preview) == ("applied", {})
    assert ListEntry.objects.count() == 1


def test_a_file_for_a_public_list_can_be_dropped(
    staff: Client,
    published: PublishedList,
    workbook: Workbook,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    upload(staff, published, workbook(ROWS[:1]))
    item = ListImport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(
            address("import_decide", published.pk, item.pk),
            {"version": published.version, "drop": "1"},
        )
    item.refresh_from_db()
    assert (item.state, item.preview, item.upload.name) == ("dropped", {}, "")
    assert not [path for path in (tmp_path / "private").rglob("*") if path.is_file()]
    assert ListEntry.objects.count() == 3


def test_withdrawing_asks_first_and_keeps_the_totals(
    staff: Client, published: PublishedList
) -> None:
    assert staff.get(address("withdraw", published.pk)).status_code == 200
    assert PublishedList.objects.get().state == "published"
    data = {"version": published.version, "reason": "Có khiếu nại"}
    page = html(staff.post(address("withdraw", published.pk), data, follow=True))
    assert PublishedList.objects.get().state == "withdrawn"
    assert "Có khiếu nại" in page
    assert "Nguyễn Văn" not in page


def test_the_last_day_can_be_changed(staff: Client, published: PublishedList) -> None:
    assert "2026-11-26" in html(staff.get(address("extend", published.pk)))
    data = {"version": published.version, "last": "2026-11-30"}
    staff.post(address("extend", published.pk), data)
    held = PublishedList.objects.get()
    assert held.visible_until == MONDAY.replace(hour=0) + timedelta(days=8)


def test_lists_are_filtered_by_state_and_by_words_without_accents(
    staff: Client, published: PublishedList
) -> None:
    unit = published.unit
    services.create_list("Danh sách Đường Đá", "khac", unit, None)
    assert [
        row.slug for row in staff.get(address("lists"), {"q": "duong da"}).context["lists"]
    ] == ["khac"]
    found = staff.get(address("lists"), {"trang-thai": "published"}).context["lists"]
    assert [row.slug for row in found] == ["ho-ngheo-2026"]


def test_a_large_file_is_checked_as_a_job(
    staff: Client, draft: PublishedList, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    upload(staff, draft, workbook(ROWS[:1]))
    item = ListImport.objects.get()
    assert (item.state, ListEntry.objects.count()) == ("checking", 3)
    job = Job.objects.get(pk=item.job)
    imports.check(job.params["import"])
    imports.check(job.params["import"])
    item.refresh_from_db()
    assert (item.state, ListEntry.objects.count()) == ("applied", 1)


def test_markup_in_a_cell_is_shown_as_text(
    staff: Client, draft: PublishedList, workbook: Workbook
) -> None:
    """Attack: a cell with a script is uploaded so that it runs in a colleague's preview."""
    evil = "Thôn <script>alert(1)</script>"
    page = html(upload(staff, draft, workbook([(1, "Lý A", evil, "Tân Trào", "nghèo")])))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


LIST_VIEWS = ["list", "upload", "publish", "extend", "withdraw"]
IMPORT_VIEWS = ["import", "import_decide", "import_errors"]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*LIST_VIEWS, *IMPORT_VIEWS])
def test_no_address_opens_a_list_of_another_commune(
    client: Client, published: PublishedList, foreign_officer: User, name: str, method: str
) -> None:
    """Attack: an officer types the number of a list of another commune into the address."""
    item = ListImport.objects.create(
        published_list=published,
        file_name="a.xlsx",
        at=clock.now(),
        state="ready",
        errors=[{"sheet": "A", "row": 2, "column": "B", "message": "C"}],
    )
    args: list[int | str] = [published.pk]
    args += [item.pk] * (name in IMPORT_VIEWS) + ["csv"] * (name == "import_errors")
    client.force_login(foreign_officer)
    data = WINDOW | {"version": published.version, "reason": "x", "confirm": "1"}
    response = getattr(client, method)(address(name, *args), data)
    assert response.status_code in {404, 405}
    assert PublishedList.objects.get().version == published.version


def test_the_list_of_lists_shows_nothing_of_another_commune(
    client: Client, published: PublishedList, foreign_officer: User
) -> None:
    """Attack: an officer reads titles and totals of another commune in the overview."""
    client.force_login(foreign_officer)
    assert published.title not in html(client.get(address("lists")))


def test_an_import_is_not_opened_below_ones_own_list(
    staff: Client, draft: PublishedList, units: Any
) -> None:
    """Attack: the number of a foreign import is put behind the number of one's own list."""
    other = services.create_list("Khác", "khac", units.yen_son, None)
    item = ListImport.objects.create(published_list=other, file_name="a.xlsx", at=clock.now())
    assert staff.get(address("import", draft.pk, item.pk)).status_code == 404


@pytest.mark.parametrize("name", ["lists", "create"])
def test_those_without_work_there_are_sent_away(client: Client, name: str, units: Any) -> None:
    """Attack: an editor without an assignment opens the room by its address."""
    from tests.registration.conftest import make_officer

    client.force_login(make_officer("nguoi-la", None, None))
    response = client.get(address(name))
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")


def test_an_officer_cannot_choose_a_foreign_commune_in_the_form(staff: Client, units: Any) -> None:
    """Attack: the commune in the form is exchanged for a neighbour's before it is sent."""
    staff.post(address("create"), {"title": "Hộ nghèo", "unit": units.yen_son.pk})
    staff.post(address("create"), {"title": "Hộ nghèo"})
    assert not PublishedList.objects.exists()


def test_visitors_are_sent_to_the_login(client: Client, published: PublishedList) -> None:
    """Attack: the back office is opened without logging in."""
    response = client.get(address("list", published.pk))
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]
