"""Code lists in and out of workbooks; what is in use is not deleted, and says so."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.areas.models import User
from portal.news.models import DocumentType, Field, Issuer
from tests.home.trees import Portal

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LISTS = "/quan-tri/danh-muc/"


@pytest.fixture
def desk(portal: Portal, client: Client) -> Client:
    """The administrator's desk."""
    admin = User.objects.create_superuser("quantri")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(desk: Client, name: str, lines: list[str], *, dry: bool = False) -> Any:
    """Hand in a CSV file."""
    text = "\n".join(lines).encode("utf-8-sig")
    data = {"file": SimpleUploadedFile("danh-muc.csv", text), **({"dry": "on"} if dry else {})}
    return desk.post(f"{LISTS}{name}/nhap/", data)


@pytest.mark.parametrize("name", ["documenttype", "issuer", "field"])
def test_what_comes_out_goes_in_again_and_changes_nothing(desk: Client, name: str) -> None:
    Field.objects.create(name="Đất đai")
    file = desk.get(f"{LISTS}{name}/xuat/").content
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    assert sheet.max_row > 1
    data = {"file": SimpleUploadedFile("danh-muc.xlsx", file)}
    outcome = desk.post(f"{LISTS}{name}/nhap/", data).context["outcome"]
    assert (outcome.errors, outcome.added, outcome.changed) == ([], 0, 0)
    assert outcome.same == sheet.max_row - 1


def test_a_list_is_checked_first_and_changed_after(desk: Client) -> None:
    Field.objects.create(name="Đất đai")
    lines = ["name,slug", "Đất đai,dat", "Lao động,"]
    first = send(desk, "field", lines, dry=True).context["outcome"]
    assert (first.added, first.changed, first.done) == (1, 1, False)
    assert Field.objects.get().slug == "dat-dai"
    second = send(desk, "field", lines).context["outcome"]
    assert second.done
    assert set(Field.objects.values_list("name", "slug")) == {
        ("Đất đai", "dat"),
        ("Lao động", "lao-dong"),
    }


def test_errors_name_row_and_column_and_nothing_is_changed(desk: Client) -> None:
    before = DocumentType.objects.count()
    lines = [
        "code,label vi,normative",
        "moi,Loại mới,không",
        "sai,Loại sai,có lẽ",
        "mã có dấu,Loại,có",
        "moi,Lặp lại,có",
    ]
    outcome = send(desk, "documenttype", lines).context["outcome"]
    assert [(error.row, error.column) for error in outcome.errors] == [
        (3, "normative"),
        (4, "code"),
        (5, "code"),
    ]
    assert DocumentType.objects.count() == before


def test_a_level_is_written_as_people_say_it(desk: Client) -> None:
    outcome = send(desk, "issuer", ["name,level", "UBND xã Hồng Thái,commune", "Sở X,làng"])
    assert [error.row for error in outcome.context["outcome"].errors] == [3]
    send(desk, "issuer", ["name,level", "UBND xã Hồng Thái,commune"])
    assert Issuer.objects.get(name="UBND xã Hồng Thái").level == "commune"


@pytest.mark.parametrize("name", ["anh.png", "bang.exe"])
def test_another_kind_of_file_is_refused_in_words(desk: Client, name: str) -> None:
    data = {"file": SimpleUploadedFile(name, b"x")}
    answer = desk.post(f"{LISTS}field/nhap/", data)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"file"}


def test_what_is_in_use_stays_and_the_sentence_counts(desk: Client, portal: Portal) -> None:
    portal.document("1/KH-UBND")
    portal.document("2/KH-UBND")
    answer = desk.post(f"/quan-tri/news/issuer/delete/{portal.issuer.pk}/", follow=True)
    assert Issuer.objects.filter(pk=portal.issuer.pk).exists()
    said = [str(message) for message in answer.context["messages"]]
    assert len(said) == 1
    assert "2" in said[0]
    free = Field.objects.create(name="Đất đai")
    desk.post(f"/quan-tri/news/field/delete/{free.pk}/")
    assert not Field.objects.filter(pk=free.pk).exists()


def test_who_may_not_change_a_list_imports_none(portal: Portal, client: Client) -> None:
    """Attack: an account without rights sends a file to the address."""
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("khach")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    send(client, "field", ["name", "Chiếm"])
    assert client.get(f"{LISTS}field/xuat/").status_code == 302
    assert not Field.objects.exists()
