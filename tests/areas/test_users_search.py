"""Colleagues are found in the back office with and without accents, whatever is typed."""

from __future__ import annotations

import importlib
import unicodedata
from html import unescape
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.areas.models import Role, User
from portal.areas.wagtail_hooks import AssignmentAdmin
from tests.areas.builders import make_commune, make_officer

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NAME = "Đặng Thị Thuận"
OTHER = "Ma Văn Quyết"


@pytest.fixture
def colleague() -> User:
    return User.objects.create_user(
        "thuan.dt",
        "thuan.dt@tantrao.gov.vn",
        last_name="Đặng Thị",
        first_name="Thuận",
        post="Phó Chủ tịch",
    )


@pytest.fixture
def admin(client: Client, colleague: User) -> Client:
    """A superuser at the desk, and another colleague in the list."""
    User.objects.create_user("quyet", last_name="Ma Văn", first_name="Quyết")
    client.force_login(User.objects.create_superuser("quantri"), backend=BACKEND)
    return client


def listed(client: Client, typed: str) -> str:
    """The list of users for what was typed."""
    response = client.get(reverse("wagtailusers_users:index_results"), {"q": typed})
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize(
    "typed",
    [
        "Đặng Thị Thuận",
        "dang thi thuan",
        "ĐẶNG THỊ",
        "đặng",
        "Thuận Đặng",
        "thuâ",
        unicodedata.normalize("NFD", "Thuận"),
        "thuan.dt",
        "thuan.dt@tantrao.gov.vn",
        '"Đặng Thị"',
        "pho chu tich",
        "  đặng  ",
    ],
)
def test_a_name_is_found_however_it_is_typed(admin: Client, typed: str) -> None:
    page = listed(admin, typed)
    assert NAME in page
    assert OTHER not in page


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "%", "_", "\\", "a" * 10_000],
)
def test_nothing_typed_is_an_error_or_finds_everybody(admin: Client, typed: str) -> None:
    """Attack: signs of a database's pattern, and a text without end."""
    page = listed(admin, typed)
    assert NAME not in page
    assert OTHER not in page


def test_a_nul_byte_is_no_error(admin: Client) -> None:
    """Attack: PostgreSQL takes no NUL in a text; Wagtail's form leaves such a search out."""
    assert OTHER in listed(admin, "thuan\x00")


def test_ten_thousand_words_are_looked_for_by_their_beginning(admin: Client) -> None:
    page = listed(admin, "đặng " * 10_000)
    assert NAME in page
    assert OTHER not in page


def test_a_new_name_is_found_and_the_old_one_is_not(colleague: User, admin: Client) -> None:
    """Also where only some columns are written."""
    colleague.first_name = "Hường"
    colleague.save(update_fields=["first_name"])
    assert "Đặng Thị Hường" in listed(admin, "huong")
    colleague.refresh_from_db()
    assert colleague.find_key.startswith("dang thi huong thuan dt")


def test_accounts_of_before_the_column_are_filled(colleague: User, admin: Client) -> None:
    User.objects.update(find_key="")
    assert NAME not in listed(admin, "thuan")
    name = "portal.areas.migrations.0003_users_found_without_accents"
    importlib.import_module(name).fill(apps, SimpleNamespace(connection=connection))
    assert NAME in listed(admin, "thuan")


def test_all_in_the_listing_are_those_that_are_shown(colleague: User, admin: Client) -> None:
    """Deactivating everybody whom `thuan` shows touches her, and nobody else."""
    address = reverse("wagtail_bulk_action", args=["areas", "user", "set_active_state"])
    query = "?id=all&q=dang+thi+thuan&next=/quan-tri/users/"
    admin.post(f"{address}{query}", {"mark_as_active": "False"})
    assert set(User.objects.filter(is_active=False)) == {colleague}


def test_an_assignment_is_found_by_the_name_of_its_officer(admin: Client) -> None:
    officer = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune())
    officer.last_name, officer.first_name = "Hoàng Thị", "Lý"
    officer.save()
    index = AssignmentAdmin().url_helper.index_url
    assert "Hoàng Thị Lý" not in admin.get(index, {"q": "hoang quyet"}).content.decode()
    assert "canbo" in unescape(admin.get(index, {"q": "hoang thi ly"}).content.decode())
