"""Lists that end soon stand on the officer's page of the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from portal.jobs import clock
from portal.registration import services
from portal.registration.rows import EntryRow
from tests.areas.builders import make_commune, make_officer

pytestmark = pytest.mark.django_db
TODAY = "/quan-tri/hom-nay/"


def _publish(days: int) -> None:
    commune = make_commune()
    made = services.create_list("Hộ nghèo Tân Trào", "ho-ngheo", commune, None)
    rows = [EntryRow("Ma Thị Đức", "Thôn Bòng", commune, "poor")]
    filled, today = services.import_rows(made, rows, None), clock.today()
    services.publish_list(filled, today, today + timedelta(days=days), None)


@pytest.mark.parametrize(("days", "shown"), [(1, True), (20, False)])
def test_only_a_list_that_ends_within_three_days_is_named(
    client: Client, days: int, shown: bool
) -> None:
    _publish(days)
    client.force_login(
        make_officer("canbo", "commune_officer", make_commune(), permissions=("access_admin",))
    )
    page = client.get(TODAY).content.decode()
    assert ("Hộ nghèo Tân Trào" in page) is shown
    assert "Ma Thị Đức" not in page


def test_a_list_of_another_commune_is_not(client: Client) -> None:
    """Attack: an officer of Yên Sơn reads the day of Tân Trào."""
    _publish(1)
    elsewhere = make_commune("02473", "Yên Sơn")
    officer = make_officer("canbo", "commune_officer", elsewhere, permissions=("access_admin",))
    client.force_login(officer)
    assert "Hộ nghèo Tân Trào" not in client.get(TODAY).content.decode()
