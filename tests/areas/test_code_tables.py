"""Units and villages out of and into workbooks: own area only, nothing in use is lost."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from portal.areas.models import Role, Unit, UnitSuccession, User, Village
from portal.areas.wagtail_hooks import UnitAdmin, VillageAdmin
from portal.jobs import clock
from portal.registration import services as lists
from portal.registration.rows import EntryRow
from tests.areas.builders import (
    REFORM,
    make_commune,
    make_officer,
    make_old_commune,
    make_province,
    make_village,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "django.contrib.auth.backends.ModelBackend"
VILLAGES = tuple(f"{action}_village" for action in ("add", "change", "delete", "view"))
UNITS = ("change_unit", "view_unit")
DESK = "/quan-tri/danh-muc/"


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def officer(role: str, unit: Unit, name: str = "canbo") -> Client:
    """Somebody with every right on villages and units, at the desk."""
    return enter(make_officer(name, role, unit, permissions=VILLAGES + UNITS))


def send(desk: Client, name: str, *lines: str, dry: bool = False) -> Any:
    """Hand in a CSV file; what became of it."""
    text = "\n".join(lines).encode("utf-8-sig")
    data = {"file": SimpleUploadedFile("danh-muc.csv", text), **({"dry": "on"} if dry else {})}
    answer = desk.post(f"{DESK}{name}/nhap/", data)
    return answer.context["outcome"] if answer.status_code == 200 else answer


def sheet(desk: Client, name: str) -> tuple[bytes, list[tuple[Any, ...]]]:
    """The workbook that goes out, and its rows."""
    file = desk.get(f"{DESK}{name}/xuat/").content
    book = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    return file, list(book.iter_rows(values_only=True))


@pytest.fixture
def own() -> Unit:
    return make_commune()


@pytest.fixture
def foreign() -> Unit:
    return make_commune("02473", "Yên Sơn")


def test_villages_go_out_and_in_again_without_a_change(own: Unit) -> None:
    make_village(own, "Thôn Cả")
    make_village(own, "Tổ dân phố 1", "to_dan_pho")
    desk = officer(Role.COMMUNE_OFFICER, own)
    with translation.override("vi"):
        file, rows = sheet(desk, "village")
    assert rows[1][:3] == ("xã Tân Trào (02545)", "Thôn Cả", "thôn")
    data = {"file": SimpleUploadedFile("thon.xlsx", file)}
    outcome = desk.post(f"{DESK}village/nhap/", data).context["outcome"]
    assert (outcome.errors, outcome.added, outcome.changed, outcome.same) == ([], 0, 0, 2)


def test_villages_of_a_commune_that_ends_next_year_are_still_known(own: Unit) -> None:
    """Bug: its rows counted as new ones, and the database refused them with an error page."""
    make_village(own, "Thôn Cả")
    Unit.objects.filter(pk=own.pk).update(valid_to=clock.today() + timedelta(days=300))
    desk = officer(Role.PROVINCE_OFFICER, make_province())
    outcome = send(desk, "village", "unit,name,kind", "02545,Thôn Cả,tổ dân phố")
    assert (outcome.errors, outcome.added, outcome.changed) == ([], 0, 1)


def test_villages_are_shown_before_they_are_changed(own: Unit) -> None:
    make_village(own, "Thôn Ca")
    desk = officer(Role.COMMUNE_OFFICER, own)
    lines = ("unit,name,kind", "xã Tân Trào,Thôn  Cả,", "02545,Thôn Bòng,thôn")
    first = send(desk, "village", *lines, dry=True)
    assert [(row.number, row.label, row.new) for row in first.touched] == [
        (2, "Thôn Cả, xã Tân Trào", False),
        (3, "Thôn Bòng, xã Tân Trào", True),
    ]
    assert [cell[1:] for cell in first.touched[0].cells] == [("Thôn Ca", "Thôn Cả")]
    assert Village.objects.get().name == "Thôn Ca"
    assert send(desk, "village", *lines).done
    kept = {(each.name, each.name_folded, bool(each.sort_key)) for each in Village.objects.all()}
    assert kept == {("Thôn Cả", "thon ca", True), ("Thôn Bòng", "thon bong", True)}


def test_bug_each_village_of_a_workbook_left_a_task_for_the_worker(own: Unit) -> None:
    """3,700 villages of a province: 3,700 tasks that looked for pages that name them."""
    desk = officer(Role.COMMUNE_OFFICER, own)
    before = DBTaskResult.objects.count()
    rows = [f"{own.code},Thôn {number},thôn" for number in range(5)]
    assert send(desk, "village", "unit,name,kind", *rows).done
    assert Village.objects.filter(unit=own).count() == 5
    assert DBTaskResult.objects.count() == before


def test_a_foreign_commune_is_closed_to_a_file(own: Unit, foreign: Unit) -> None:
    """Attack: an officer writes another commune's village into the file, by code and by name."""
    make_village(foreign, "Thôn Lạ")
    desk = officer(Role.COMMUNE_OFFICER, own)
    lines = ("unit,name,kind", "02473,Thôn Lạ,tổ dân phố", "xã Yên Sơn,Thôn Mới,thôn", ",Thôn,thôn")
    outcome = send(desk, "village", *lines, "02545,Thôn Cả,thôn")
    assert [(error.row, error.column) for error in outcome.errors] == [
        (2, "unit"),
        (3, "unit"),
        (4, "unit"),
    ]
    assert Village.objects.get().kind == "thon"
    assert all("Thôn Lạ" not in row for row in sheet(desk, "village")[1])


def test_two_rows_of_one_village_are_refused_however_they_are_accented(own: Unit) -> None:
    desk = officer(Role.PROVINCE_OFFICER, make_province())
    lines = ("unit,name,kind", "02545,Đồng Giếng,thôn", "Tân Trào,dong gieng,thôn")
    assert [error.row for error in send(desk, "village", *lines).errors] == [3]


@pytest.mark.parametrize("role", [Role.VILLAGE_HEAD, Role.AUDITOR])
def test_who_only_reads_villages_imports_and_changes_none(own: Unit, role: str) -> None:
    village = make_village(own)
    unit = make_province() if role == Role.AUDITOR else own
    head = village if role == Role.VILLAGE_HEAD else None
    user = make_officer("ai-do", role, unit, village=head, permissions=VILLAGES + UNITS)
    desk, urls = enter(user), VillageAdmin().url_helper
    page = desk.get(urls.index_url)
    assert page.status_code == 200
    assert "village/xuat/" in page.content.decode()
    assert "village/nhap/" not in page.content.decode(), "no way to a closed door"
    assert send(desk, "village", "unit,name,kind", "02545,Thôn Mới,thôn").status_code == 302
    for action in ("edit", "delete"):
        assert desk.get(urls.get_action_url(action, village.pk)).status_code == 302
    assert Village.objects.count() == 1


def test_a_village_that_a_posted_list_names_is_not_deleted(own: Unit) -> None:
    """Bug: the entry of the list lost its village and nobody was told."""
    used, free = make_village(own, "Thôn Bòng"), make_village(own, "Thôn Thừa")
    made = lists.create_list("Hộ nghèo", "ho-ngheo", own, None)
    lists.import_rows(made, [EntryRow("Nguyễn Văn An", "Thôn Bòng", own, "poor")], None)
    made.entries.update(village=used)
    desk, urls = officer(Role.COMMUNE_OFFICER, own), VillageAdmin().url_helper
    answer = desk.post(urls.get_action_url("delete", used.pk), follow=True)
    assert "Thôn Bòng" in str(next(iter(answer.context["messages"])))
    desk.post(urls.get_action_url("delete", free.pk))
    assert set(Village.objects.all()) == {used}


def test_units_go_out_on_both_maps_and_in_again(own: Unit, foreign: Unit) -> None:
    make_commune("01273", "Thục Phán", province=make_province("04", "Cao Bằng"))
    make_old_commune("02551", "Kim Quan", own)
    desk = officer(Role.PROVINCE_OFFICER, make_province())
    with translation.override("vi"):
        file, rows = sheet(desk, "unit")
    shown = {(row[0], row[3]): row for row in rows[1:]}
    assert set(shown) == {
        ("08", "Tuyên Quang"), ("02545", "Tân Trào"), ("02473", "Yên Sơn"), ("02551", "Kim Quan")
    }  # fmt: skip
    assert shown["02551", "Kim Quan"][-1] == "xã Tân Trào (02545)"
    assert shown["02551", "Kim Quan"][1] == "không rõ"
    data = {"file": SimpleUploadedFile("don-vi.xlsx", file)}
    outcome = desk.post(f"{DESK}unit/nhap/", data).context["outcome"]
    assert (outcome.errors, outcome.added, outcome.changed, outcome.same) == ([], 0, 0, 4)


HEAD = "code,valid from,kind,name,area type,valid to"


def test_a_commune_becomes_a_ward_and_its_officers_go_along(own: Unit) -> None:
    make_village(own)
    desk = officer(Role.PROVINCE_OFFICER, make_province())
    begin = "02545,01/07/2025,xã,Tân Trào,,31/12/2027"
    outcome = send(desk, "unit", HEAD, "02545,01/01/2028,phường,Tân Trào,,", begin)
    assert (outcome.errors, outcome.added, outcome.changed) == ([], 1, 1)
    ward = Unit.objects.get(code="02545", valid_from=date(2028, 1, 1))
    assert (ward.level, ward.area_type, ward.parent) == ("commune", "urban", make_province())
    link = UnitSuccession.objects.get()
    assert (link.old, link.new, link.people) == (own, ward, "all")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("02545,01/07/2025,phường,Tân Trào,,", "kind"),
        ("02545,01/07/2025,,Tân Trào,,31/12/2027", "valid to"),
        ("02545,01/07/2025,,Tân Trào,,30/06/2025", "valid to"),
        ("02545,01/01/2027,xã,Tân Trào,,", "code"),
        ("2545,01/01/2027,xã,Mới,,", "code"),
        ("99999,không rõ,xã,Mới,,", "valid from"),
        ("99999,01/01/2027,huyện,Mới,,", "kind"),
    ],
)
def test_what_would_break_the_map_is_refused(own: Unit, line: str, column: str) -> None:
    """A kind rewritten, an end without successor, two units of one code, a unit of no kind."""
    make_village(own)
    desk = officer(Role.PROVINCE_OFFICER, make_province())
    with translation.override("vi"):
        outcome = send(desk, "unit", HEAD, line)
    assert [(error.row, error.column) for error in outcome.errors] == [(2, column)]
    assert Unit.objects.count() == 2
    assert Unit.objects.get(code="02545").valid_to is None


def test_the_form_does_not_end_a_unit_in_use_either(own: Unit) -> None:
    village = make_village(own)
    desk = officer(Role.PROVINCE_OFFICER, make_province())
    url = UnitAdmin().url_helper.get_action_url("edit", own.pk)
    data = {"area_type": "rural", "valid_to": str(REFORM + timedelta(days=900))}
    assert "valid_to" in desk.post(url, data).context["form"].errors
    village.delete()
    assert desk.post(url, data).status_code == 302
    own.refresh_from_db()
    assert own.valid_to is not None


def test_a_commune_imports_no_units(own: Unit) -> None:
    """Attack: an officer of a commune makes it urban by a file."""
    desk = officer(Role.COMMUNE_OFFICER, own)
    assert send(desk, "unit", HEAD, "02545,01/07/2025,,,thành thị,").status_code == 302
    own.refresh_from_db()
    assert own.area_type == "rural"
