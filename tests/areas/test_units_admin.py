"""The list of units: today's units of the province first, each value on one line."""

from __future__ import annotations

import re

import pytest
from django.core import checks
from django.test import Client

from portal.areas.checks import check_province
from portal.areas.models import User
from portal.areas.wagtail_hooks import UnitAdmin
from tests.areas.builders import make_commune, make_old_commune, make_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> dict[str, str]:
    """A unit of each sort."""
    own = make_commune()
    make_commune("01273", "Thục Phán", province=make_province("04", "Cao Bằng"))
    make_old_commune("02550", "Trung Yên", own)
    return {"own": "Xã Tân Trào", "foreign": "Xã Thục Phán", "old": "Xã Trung Yên"}


def _list(**parameters: str) -> str:
    client = Client()
    admin = User.objects.create_superuser("quantri", "q@example.org")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(UnitAdmin().url_helper.index_url, parameters)
    assert answer.status_code == 200
    return answer.content.decode()


def _shown(page: str, names: dict[str, str]) -> set[str]:
    return {key for key, name in names.items() if name in page}


def test_the_list_begins_with_the_units_of_today(names: dict[str, str]) -> None:
    """Former wards of the whole country stood on top."""
    assert _shown(_list(), names) == {"own"}


@pytest.mark.parametrize(
    ("parameters", "shown"),
    [
        ({"hieu-luc": "truoc-day"}, {"old"}),
        ({"hieu-luc": "tat-ca"}, {"own", "old"}),
        ({"dia-ban": "tat-ca"}, {"own", "foreign"}),
    ],
)
def test_the_rest_stands_behind_a_click(
    names: dict[str, str], parameters: dict[str, str], shown: set[str]
) -> None:
    assert _shown(_list(**parameters), names) == shown


def test_the_choice_that_stands_is_marked(names: dict[str, str]) -> None:
    assert len(re.findall(r'<li class="selected">', _list())) >= 2


def test_short_values_are_not_broken_over_lines(names: dict[str, str]) -> None:
    """“phườn/g” and “1933/3” were read in the narrow columns."""
    cells = re.findall(r'<td class="field-(\w+)[^"]*nowrap', _list())
    assert {"code", "parent", "area_type", "validity"} <= set(cells)


def test_a_province_that_is_not_among_the_units_is_an_error(
    names: dict[str, str], settings: object
) -> None:
    settings.PROVINCE_CODE = "46"  # type: ignore[attr-defined]
    assert [found.id for found in check_province(databases=["default"])] == ["areas.E003"]
    settings.PROVINCE_CODE = "08"  # type: ignore[attr-defined]
    assert check_province(databases=["default"]) == []


def test_a_portal_without_units_is_none_of_the_checks_business() -> None:
    assert check_province(databases=["default"]) == []
    assert check_province in checks.registry.registry.get_checks(include_deployment_checks=True)
