"""The texts of the demo, told of other provinces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from portal.demo import content
from portal.demo.places import Places, places_of
from portal.jobs import clock
from tests.demo.units import load_province

pytestmark = pytest.mark.django_db


def test_a_province_that_is_not_loaded_is_named_before_anything_is_made(
    settings: Any, tmp_path: Path
) -> None:
    load_province(tmp_path / "units", "08")
    settings.PROVINCE_CODE = "46"
    with pytest.raises(CommandError, match=r"PORTAL_PROVINCE: .*46"):
        call_command("seed_demo")
    assert not Page.objects.filter(depth__gt=2).exists()


def test_a_city_has_a_citys_authorities(tmp_path: Path) -> None:
    load_province(tmp_path / "units", "46")
    places = places_of("46", clock.today())
    assert places.told("Ủy ban nhân dân tỉnh Tuyên Quang") == "Ủy ban nhân dân thành phố Huế"
    assert "Tuyên Quang" not in str(content.site(places.told))


def test_what_was_put_in_is_not_replaced_again() -> None:
    """Cao Bằng has communes of the same name as those of the texts."""
    places = Places({"Tân Trào": "Yên Sơn", "Yên Sơn": "Đông Khê"})
    assert places.told("Tân Trào, Yên Sơn") == "Yên Sơn, Đông Khê"


def test_at_home_the_texts_stay_as_they_are() -> None:
    assert places_of("08", clock.today()).at_home
    assert any(item.number == "167/KH-UBND" for item in content.documents())
