"""The calendar in the back office: what is missing is said, what was counted with stays."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.areas.models import User
from portal.workdays import services
from portal.workdays.models import Holiday

pytestmark = [pytest.mark.django_db, pytest.mark.once]
INDEX = "workdays_holiday_modeladmin_index"
LIST = "/quan-tri/danh-muc/holiday/"
TYPED = {"date": "03/02/2027", "name": "Nghỉ Tết", "kind": "off", "source": "Thông báo thử"}


@pytest.fixture
def desk(client: Client) -> Client:
    """The administrator's desk."""
    admin = User.objects.create_superuser("quantri")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(desk: Client, *lines: str) -> Any:
    """Import a CSV file; what came of it."""
    text = "\n".join(["date,name,kind,source", *lines])
    file = SimpleUploadedFile("ngay-nghi.csv", text.encode("utf-8-sig"))
    return desk.post(f"{LIST}nhap/", {"file": file}).context["outcome"]


def test_the_list_says_which_year_is_not_complete(desk: Client) -> None:
    services.enter_fixed_days()
    page = desk.get(reverse(INDEX))
    assert [(thin.year, thin.entered) for thin in page.context["thin_years"]] == [
        (2026, 4),
        (2027, 4),
    ]
    html = page.content.decode()
    assert "2027" in html
    assert "01/05/2027" in html
    assert reverse("home_code_import", args=["holiday"]) in html


def test_a_day_is_entered_by_hand(desk: Client) -> None:
    desk.post(reverse("workdays_holiday_modeladmin_create"), TYPED)
    assert Holiday.objects.get().date == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "working"}, "kind"),
        ({"date": "03/02/3027"}, "date"),
        ({"date": "31/02/2027"}, "date"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    desk: Client, change: dict[str, str], field: str
) -> None:
    page = desk.post(reverse("workdays_holiday_modeladmin_create"), TYPED | change)
    assert list(page.context["form"].errors) == [field]
    assert not Holiday.objects.exists()


def test_a_workbook_goes_out_and_comes_in_again(desk: Client) -> None:
    services.enter_fixed_days()
    file = desk.get(f"{LIST}xuat/").content
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    assert sheet.max_row == 9
    upload = {"file": SimpleUploadedFile("ngay-nghi.xlsx", file)}
    outcome = desk.post(f"{LIST}nhap/", upload).context["outcome"]
    assert (outcome.errors, outcome.same) == ([], 8)


def test_a_year_is_imported_as_it_was_announced(desk: Client) -> None:
    outcome = send(
        desk,
        "05/02/2027,Tết,off,TB thử",
        "2027-02-13,Làm bù,working,TB thử",
    )
    assert (outcome.added, outcome.done) == (2, True)
    assert Holiday.objects.get(kind="working").date == date(2027, 2, 13)


def test_bad_rows_are_named_and_nothing_is_changed(desk: Client) -> None:
    outcome = send(
        desk,
        "05/02/2027,Tết,off,TB thử",
        "30/02/2027,Tết,off,TB thử",
        "mồng một,Tết,off,TB thử",
        "2027-02-05,Tết nữa,off,TB thử",
        "08/02/2027,Làm bù,working,TB thử",
        "09/02/2027,Tết,off,",
    )
    assert [(error.row, error.column) for error in outcome.errors] == [
        (3, "date"),
        (4, "date"),
        (5, "date"),
        (6, "kind"),
        (7, "source"),
    ]
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    ("day", "stays"),
    [(date(2026, 4, 27), True), (date(2027, 4, 30), True), (date(2027, 2, 5), False)],
    ids=["passed", "fixed by law", "to come"],
)
def test_what_was_counted_with_or_is_the_law_stays(desk: Client, day: date, stays: bool) -> None:
    made = Holiday.objects.create(date=day, name="Nghỉ", source="TB thử")
    answer = desk.post(reverse("workdays_holiday_modeladmin_delete", args=[made.pk]), follow=True)
    assert Holiday.objects.filter(pk=made.pk).exists() is stays
    said = [str(message) for message in answer.context["messages"]]
    assert len(said) == 1
    assert f"{day:%d/%m/%Y}" in said[0]


def test_a_passed_day_is_not_moved_away(desk: Client) -> None:
    """The edit form would do what the delete button may not."""
    made = Holiday.objects.create(date=date(2026, 4, 27), name="Giỗ Tổ", source="TB thử")
    address = reverse("workdays_holiday_modeladmin_edit", args=[made.pk])
    page = desk.post(address, TYPED)
    assert list(page.context["form"].errors) == ["date"]
    desk.post(address, TYPED | {"date": "27/04/2026", "name": "Giỗ Tổ Hùng Vương"})
    assert Holiday.objects.get().name == "Giỗ Tổ Hùng Vương"


def test_others_neither_see_nor_change_the_calendar(client: Client) -> None:
    """Attack: an account without the right imports a year without holidays."""
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("khach")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    text = "date,name,kind,source\n05/02/2027,Nghỉ,off,x"
    file = SimpleUploadedFile("a.csv", text.encode())
    client.post(f"{LIST}nhap/", {"file": file})
    assert client.get(f"{LIST}xuat/").status_code == 302
    assert not Holiday.objects.exists()
