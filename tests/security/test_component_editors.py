"""An editor of a unit's site opens nothing outside the own tree: every address is walked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.areas.models import User
from portal.forms import registry
from portal.registration import services
from portal.registration.models import PublishedList
from tests.forms.inbox.world import FORM, form_type
from tests.home.trees import Portal
from tests.home.units import UnitSite, open_index, open_unit
from tests.registration.conftest import Units
from tests.security.records import DRAFT, records_of
from tests.security.test_foreign_commune import METHODS, NAMING, opened, state

pytestmark = pytest.mark.once
LED_HOME = ("wagtailadmin_explore", "wagtailadmin_explore_results")
KINDS = ("wagtailadmin_pages:type_use", "wagtailadmin_pages:type_use_results")


@pytest.fixture(autouse=True)
def _form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of the arrived record."""
    monkeypatch.setattr(registry, "_types", {FORM: form_type()})


@pytest.fixture
def unit(portal: Portal) -> UnitSite:
    """Xã Yên Sơn, whose editor walks."""
    return open_unit(open_index(portal.home), "Xã Yên Sơn")


@pytest.fixture
def records(
    portal: Portal, published: PublishedList, officer: User, units: Units, unit: UnitSite
) -> dict[str, Any]:
    """Records of the province and of another commune behind every kind of address."""
    hidden = services.create_list("Danh sách nháp", "nhap", units.tan_trao, None)
    return records_of(portal, published, hidden, officer)


@pytest.mark.parametrize("method", METHODS)
def test_a_units_editor_opens_nothing_outside_the_own_tree(
    client: Client, records: dict[str, Any], unit: UnitSite, method: str
) -> None:
    """Attack: an editor of a commune's site walks through the numbers in all addresses."""
    client.force_login(unit.editor, backend="django.contrib.auth.backends.ModelBackend")
    before = state()
    walked = [route for route in NAMING if route.name not in {*LED_HOME, *KINDS}]
    assert opened(client, method, walked, records, "/quan-tri/lich-dang/") == []
    assert state() == before


@pytest.mark.parametrize("name", LED_HOME)
def test_foreign_branches_of_the_tree_lead_to_the_own_one(
    client: Client, records: dict[str, Any], unit: UnitSite, name: str
) -> None:
    client.force_login(unit.editor, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(name, args=[records["parent"]]))
    assert answer["Location"].startswith(f"/quan-tri/pages/{unit.home.pk}/")


@pytest.mark.parametrize("name", KINDS)
def test_lists_by_type_hold_the_own_pages_alone(
    client: Client, records: dict[str, Any], unit: UnitSite, name: str
) -> None:
    client.force_login(unit.editor, backend="django.contrib.auth.backends.ModelBackend")
    unit.article("Tin của xã")
    page = client.get(reverse(name, args=["news", "articlepage"])).content.decode()
    assert ("Tin của xã" in page, DRAFT in page) == (True, False)


def test_the_own_tree_is_open(client: Client, unit: UnitSite) -> None:
    client.force_login(unit.editor, backend="django.contrib.auth.backends.ModelBackend")
    own = unit.article("Tin của xã")
    addresses = [
        f"/quan-tri/pages/{own.pk}/edit/",
        f"/quan-tri/pages/{unit.home.pk}/",
        f"/quan-tri/pages/add/news/articlepage/{unit.section.pk}/",
    ]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


def test_the_host_name_is_the_administrators(client: Client, unit: UnitSite) -> None:
    """Attack: a unit gives itself a host name."""
    client.force_login(unit.editor, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(f"/quan-tri/pages/{unit.home.pk}/edit/").content.decode()
    assert 'name="introduction"' in form
    assert 'name="host_name"' not in form
