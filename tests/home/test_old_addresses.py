"""Addresses of the old portal: found by path and number, imported from a table, never abused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from portal.areas.models import User
from portal.home.address_table import import_addresses
from portal.home.old_addresses import is_safe
from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.django_db]
HEAD = "Địa chỉ cũ,Địa chỉ mới"
OLD = "/vi/post/ke-hoach-rieng?id=4711&type=NEWS"


def table(folder: Path, *rows: str) -> Path:
    """A CSV file as Excel saves it."""
    path = folder / "dia-chi.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8-sig")
    return path


@pytest.fixture
def imported(portal: Portal, tmp_path: Path) -> Portal:
    """A portal that knows an old article by its number, and an old page by its path."""
    rows = (f"{OLD},/gioi-thieu/", "/vi/gioi-thieu/trang-cũ,/thong-bao/?trang=1")
    assert import_addresses(table(tmp_path, *rows)).taken == 2
    return portal


@pytest.mark.parametrize(
    "asked",
    [
        OLD,
        "/vi/post/ke-hoach-rieng?type=NEWS&id=4711",
        "/vi/post/ke-hoach-rieng/?id=4711&type=NEWS&fbclid=abc&utm_source=zalo",
    ],
)
def test_an_old_article_is_found_by_path_and_number(
    imported: Portal, client: Client, asked: str
) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, "/gioi-thieu/")


@pytest.mark.parametrize("asked", ["/vi/post/ke-hoach-rieng/?id=4712&type=NEWS", "/vi/post/khac/"])
def test_another_number_or_path_is_not_the_same_article(
    imported: Portal, client: Client, asked: str
) -> None:
    assert client.get(asked).status_code == 404


def test_a_page_is_followed_when_it_moves_and_not_when_it_is_gone(
    imported: Portal, client: Client
) -> None:
    imported.about.slug = "ve-tinh"
    imported.about.save()
    assert client.get(OLD)["Location"] == "/ve-tinh/"
    imported.about.unpublish()
    assert client.get(OLD.replace("?", "/?")).status_code == 404


def test_vietnamese_paths_are_found_typed_and_encoded(imported: Portal, client: Client) -> None:
    assert client.get("/vi/gioi-thieu/trang-cũ/").status_code == 301
    assert client.get("/vi/gioi-thieu/trang-c%C5%A9").status_code == 301


def test_a_page_that_stands_is_never_led_away(portal: Portal, client: Client) -> None:
    Redirect.objects.create(old_path="/gioi-thieu", redirect_link="http://localhost/thong-bao/")
    assert client.get("/gioi-thieu/").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://ke-xau.example/",
        "//ke-xau.example/",
        "https://localhost@ke-xau.example/",
        "https://gov.vn.ke-xau.example/",
        "https://ke-xaugov.vn/",
        "/\\ke-xau.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[",
        "khong-co-gach-cheo",
    ],
)
def test_no_address_leads_to_a_foreign_host(
    portal: Portal, client: Client, tmp_path: Path, target: str
) -> None:
    """Attack: a row of the table, or one written past it, sends readers to another site."""
    outcome = import_addresses(table(tmp_path, f'/cu,"{target}"'))
    assert [error.row for error in outcome.errors] == [2]
    assert not Redirect.objects.exists()
    assert not is_safe(target, {"localhost"})
    Redirect.objects.create(old_path="/cu", redirect_link=target)
    assert client.get("/cu/").status_code == 404


def test_portals_of_the_state_may_be_named(portal: Portal, client: Client, tmp_path: Path) -> None:
    import_addresses(table(tmp_path, "/so-noi-vu-cu,https://sonoivu.tuyenquang.gov.vn/tin"))
    assert client.get("/so-noi-vu-cu")["Location"] == "https://sonoivu.tuyenquang.gov.vn/tin"


def test_circles_are_refused_row_by_row_and_nothing_is_changed(
    portal: Portal, tmp_path: Path
) -> None:
    """Attack: addresses that lead to each other keep a browser busy for ever."""
    rows = ("/a,/b", "/b,/c", "/c,/a", "/d,/d/", "/e,/gioi-thieu/")
    outcome = import_addresses(table(tmp_path, *rows))
    assert [error.row for error in outcome.errors] == [2, 3, 4, 5]
    assert not Redirect.objects.exists()


def test_a_circle_with_a_row_that_stands_is_refused(portal: Portal, tmp_path: Path) -> None:
    assert import_addresses(table(tmp_path, "/a,/b")).taken == 1
    assert [error.row for error in import_addresses(table(tmp_path, "/b,/a")).errors] == [2]


def test_an_address_never_leads_to_itself(portal: Portal, client: Client) -> None:
    """Attack: a redirect typed by hand to the address that is asked for."""
    Redirect.objects.create(old_path="/cu", redirect_link="http://localhost/cu/")
    assert client.get("/cu/").status_code == 404


def test_the_rows_are_named_that_are_wrong(portal: Portal, tmp_path: Path) -> None:
    rows = ("/a,/gioi-thieu/", "/a/,/thong-bao/", ",/thong-bao/", f"/{'x' * 300},/thong-bao/")
    outcome = import_addresses(table(tmp_path, *rows))
    assert [(error.row, error.column) for error in outcome.errors] == [
        (3, "Địa chỉ cũ"),
        (4, "Địa chỉ cũ"),
        (5, "Địa chỉ cũ"),
    ]


def test_the_same_table_twice_changes_nothing(portal: Portal, tmp_path: Path) -> None:
    for _time in range(2):
        assert import_addresses(table(tmp_path, f"{OLD},/gioi-thieu/")).taken == 1
    assert Redirect.objects.get().redirect_page == portal.about.page_ptr


def test_a_kept_404_does_not_hide_a_new_row(portal: Portal, client: Client, tmp_path: Path) -> None:
    assert client.get("/cu/").status_code == 404
    import_addresses(table(tmp_path, "/cu,/gioi-thieu/"))
    assert client.get("/cu").status_code == 301


def test_a_long_or_broken_address_is_a_404(imported: Portal, client: Client) -> None:
    """Attack: an address that no column holds, or that is no text."""
    for asked in (
        "/" + "x" * 5000 + "/",
        "/a/?id=" + "9" * 5000,
        "/%00/",
        "/%ff%fe/",
        "/a/?id=%00",
    ):
        assert client.get(asked).status_code == 404


def post(client: Client, name: str, content: bytes) -> Any:
    """An editor's upload."""
    return client.post("/quan-tri/dia-chi-cu/", {"file": SimpleUploadedFile(name, content)})


def test_the_table_is_read_in_the_back_office(portal: Portal, client: Client) -> None:
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    assert client.get("/quan-tri/dia-chi-cu/").status_code == 200
    bad = post(client, "a.csv", f"{HEAD}\n/cu,https://ke-xau.example/".encode())
    assert bad.status_code == 200
    assert "<td>2</td>" in bad.content.decode()
    assert b"XLSX" in post(client, "a.exe", b"MZ").content
    assert post(client, "a.xlsx", b"khong phai").status_code == 200
    assert post(client, "a.csv", f"{HEAD}\n/cu,/gioi-thieu/".encode()).status_code == 302
    assert Client().get("/cu")["Location"] == "/gioi-thieu/"


def test_who_may_not_write_redirects_imports_none(portal: Portal, client: Client) -> None:
    """Attack: an officer posts a table to the address of the import."""
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("canbo", password="Demo-2026")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    post(client, "a.csv", f"{HEAD}\n/cu,/gioi-thieu/".encode())
    assert not Redirect.objects.exists()


def test_a_row_of_the_own_site_goes_before_one_of_all(portal: Portal, client: Client) -> None:
    Redirect.objects.create(old_path="/cu", redirect_page=portal.about)
    Redirect.objects.create(old_path="/cu", redirect_page=portal.notices, site=Site.objects.get())
    assert client.get("/cu")["Location"] == "/thong-bao/"
