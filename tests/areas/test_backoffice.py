"""Units, villages and assignments in the admin: each row page asks for the scope."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail_modeladmin.helpers import AdminURLHelper

from portal.areas.models import Assignment, Role, Unit, User, Village
from portal.areas.wagtail_hooks import AssignmentAdmin, UnitAdmin, VillageAdmin
from tests.areas.builders import make_commune, make_officer, make_province, make_village

pytestmark = [pytest.mark.once, pytest.mark.django_db]
ROW_PAGES = ("edit", "delete", "inspect", "history")
VILLAGES = tuple(f"{action}_village" for action in ("add", "change", "delete", "view"))
WORK = tuple(f"{action}_assignment" for action in ("add", "change", "delete", "view"))
UNITS = ("change_unit", "view_unit", "add_unit", "delete_unit")


def _urls(admin: type[VillageAdmin | AssignmentAdmin | UnitAdmin]) -> AdminURLHelper:
    return admin().url_helper


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer() -> Client:
    """Logged in for Tân Trào with every permission on villages."""
    user = make_officer("canbo", Role.COMMUNE_OFFICER, make_commune(), permissions=VILLAGES)
    return _client(user)


@pytest.fixture
def own() -> Village:
    return make_village(make_commune(), "Thôn Cả")


@pytest.fixture
def foreign() -> Village:
    return make_village(make_commune("02473", "Yên Sơn"), "Thôn Lạ")


def test_the_list_shows_the_own_commune(officer: Client, own: Village, foreign: Village) -> None:
    page = officer.get(_urls(VillageAdmin).index_url).content.decode()
    assert own.name in page
    assert foreign.name not in page


@pytest.mark.parametrize("action", ROW_PAGES)
def test_row_pages_of_a_foreign_commune_are_closed(
    officer: Client, own: Village, foreign: Village, action: str
) -> None:
    """An officer types the address of another commune's row."""
    urls = _urls(VillageAdmin)
    assert officer.get(urls.get_action_url(action, own.pk)).status_code == 200
    answer = officer.get(urls.get_action_url(action, foreign.pk))
    assert answer.status_code == 302
    assert answer["Location"].endswith("/quan-tri/")
    officer.post(urls.get_action_url(action, foreign.pk), {"name": "Chiếm"})
    foreign.refresh_from_db()
    assert foreign.name == "Thôn Lạ"


def test_a_row_cannot_be_moved_into_a_foreign_commune(
    officer: Client, own: Village, foreign: Village
) -> None:
    """An officer posts another commune's id with the own row."""
    data = {"unit": foreign.unit_id, "name": own.name, "kind": own.kind, "area_type": ""}
    officer.post(_urls(VillageAdmin).get_action_url("edit", own.pk), data)
    own.refresh_from_db()
    assert own.unit.code == "02545"


def test_a_village_is_made_with_its_keys_and_once(officer: Client) -> None:
    url = _urls(VillageAdmin).create_url
    data = {"unit": make_commune().pk, "name": "  Đồng   Giếng ", "kind": "thon", "area_type": ""}
    assert officer.post(url, data).status_code == 302
    assert officer.post(url, data | {"name": "đồng giêng"}).status_code == 200
    village = Village.objects.get()
    assert (village.name, village.name_folded) == ("Đồng Giếng", "dong gieng")
    assert village.sort_key


def test_search_in_the_list_knows_no_accents(officer: Client, own: Village) -> None:
    make_village(make_commune(), "Thôn Vĩnh Tân")
    page = officer.get(_urls(VillageAdmin).index_url, {"q": "VINH tan"}).content.decode()
    assert "Thôn Vĩnh Tân" in page
    assert own.name not in page


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.AUDITOR, Role.VILLAGE_HEAD])
def test_only_the_province_assigns_people(role: str) -> None:
    """Somebody else was given the permission by mistake and tries to make an assignment."""
    unit = make_province() if role == Role.AUDITOR else make_commune()
    client = _client(make_officer("ai-do", role, unit, permissions=WORK))
    urls = _urls(AssignmentAdmin)
    data = {
        "user": User.objects.get().pk,
        "role": Role.PROVINCE_OFFICER,
        "village": "",
        "unit": make_province().pk,
        "valid_from": "2026-01-01",
        "valid_to": "",
    }
    assert client.get(urls.index_url).status_code == 302
    client.post(urls.create_url, data)
    assert Assignment.objects.count() == 1


def test_the_province_assigns_people() -> None:
    chief = make_officer("canbo-tinh", Role.PROVINCE_OFFICER, make_province(), permissions=WORK)
    client, url = _client(chief), _urls(AssignmentAdmin).create_url
    user = User.objects.create_user("moi")
    data = {
        "user": user.pk,
        "role": Role.COMMUNE_OFFICER,
        "village": "",
        "unit": make_commune().pk,
        "valid_from": "2026-01-01",
        "valid_to": "",
    }
    wrong = client.post(url, data | {"role": Role.PROVINCE_OFFICER})
    headless = client.post(url, data | {"role": Role.VILLAGE_HEAD})
    assert (wrong.status_code, headless.status_code) == (200, 200)
    assert client.post(url, data).status_code == 302
    assert user.assignments.get().unit.code == "02545"


def test_a_unit_is_changed_by_the_province_only_and_made_by_nobody() -> None:
    """A commune officer with the permission tries to make the own commune urban."""
    commune = make_commune()
    clients = {
        "rural": _client(make_officer("a", Role.COMMUNE_OFFICER, commune, permissions=UNITS)),
        "urban": _client(
            make_officer("b", Role.PROVINCE_OFFICER, make_province(), permissions=UNITS)
        ),
    }
    urls = _urls(UnitAdmin)
    seen = []
    for client in clients.values():
        client.post(urls.get_action_url("edit", commune.pk), {"area_type": "urban", "valid_to": ""})
        client.post(urls.create_url, {"code": "99999", "name": "Mới"})
        client.post(urls.get_action_url("delete", commune.pk))
        commune.refresh_from_db()
        seen.append(commune.area_type)
    assert seen == list(clients)
    assert Unit.objects.count() == 2


def test_the_post_of_an_officer_is_edited_with_the_user() -> None:
    client = _client(User.objects.create_superuser("quantri", "q@example.org"))
    user = User.objects.create_user("canbo", "c@example.org", first_name="An", last_name="Lý")
    url = f"/quan-tri/users/edit/{user.pk}/"
    assert 'name="post"' in client.get(url).content.decode()
    client.post(
        url,
        {
            "username": "canbo",
            "email": "c@example.org",
            "first_name": "An",
            "last_name": "Lý",
            "is_active": "on",
            "post": "Công chức văn hóa - xã hội",
        },
    )
    user.refresh_from_db()
    assert user.post == "Công chức văn hóa - xã hội"
