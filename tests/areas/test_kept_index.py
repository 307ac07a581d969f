"""The names of a province are read once a minute, and anew when units change."""

from __future__ import annotations

from typing import Any

import pytest

from portal.areas import kept_index
from portal.areas.errors import UnknownUnitError
from portal.areas.models import Unit
from portal.areas.queries import index_of
from portal.jobs import clock
from tests.areas.builders import make_commune

pytestmark = pytest.mark.django_db


def test_a_second_question_costs_one_query(django_assert_num_queries: Any) -> None:
    make_commune()
    index_of("08", clock.today())
    with django_assert_num_queries(1):
        assert index_of("08", clock.today()).commune("tan trao").code == "02545"


def test_a_saved_unit_is_known_at_once() -> None:
    commune = make_commune()
    index_of("08", clock.today())
    commune.name = "Tân Trào Mới"
    commune.save()
    assert index_of("08", clock.today()).commune("tan trao moi").code == "02545"


def test_units_added_by_a_bulk_load_are_known_at_once() -> None:
    commune = make_commune()
    with pytest.raises(UnknownUnitError):
        index_of("08", clock.today()).commune("yen son")
    values = {"kind": "xa", "level": "commune", "parent": commune.parent, "area_type": "rural"}
    other = Unit(code="02473", name="Yên Sơn", valid_from=commune.valid_from, **values)
    Unit.objects.bulk_create([other])
    assert index_of("08", clock.today()).commune("yen son").code == "02473"


def test_a_change_by_another_process_counts_after_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commune = make_commune()
    index_of("08", clock.today())
    Unit.objects.filter(pk=commune.pk).update(name="Tân Trào Mới")
    monkeypatch.setattr(kept_index, "SECONDS", 0.0)
    assert index_of("08", clock.today()).commune("tan trao moi").code == "02545"
