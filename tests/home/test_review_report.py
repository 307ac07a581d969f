"""The report of pages whose day of review has passed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from wagtail.models import GroupPagePermission

from portal.areas.models import User
from portal.home.models import StandardPage
from portal.jobs import clock
from portal.start.groups import prepare_groups
from tests.home.organised import Organised, organise
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db
REPORT = "/quan-tri/reports/xem-lai/"


@pytest.fixture
def late(portal: Portal) -> Organised:
    """A unit and a plain page that are late, a guide whose day is today."""
    made, today = organise(portal), clock.today()
    for page, day in ((made.unit, -1), (portal.about, -30), (made.guide, 0)):
        page.review_on, page.owner_name = today + timedelta(days=day), "Văn phòng"
        page.save()
    return made


def test_late_pages_of_every_type_stand_in_the_report(late: Organised, client: Client) -> None:
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    html = client.get(REPORT).content.decode()
    assert f"/quan-tri/pages/{late.unit.pk}/edit/" in html
    assert "Giới thiệu" in html
    assert f"/quan-tri/pages/{late.guide.pk}/edit/" not in html
    sheet = client.get(f"{REPORT}?export=csv")
    assert "Sở Nội vụ" in b"".join(sheet.streaming_content).decode()


def test_officers_without_pages_are_sent_away(late: Organised, client: Client) -> None:
    """Attack: somebody of the back office types the address of the report."""
    groups, _given = prepare_groups([])
    user = User.objects.create_user("canbo", password="Demo-2026")
    user.groups.set([groups["Cán bộ"]])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(REPORT).status_code == 302
    assert REPORT not in client.get("/quan-tri/danh-sach/", follow=True).content.decode()


def test_editors_see_the_late_pages_of_their_own_tree(
    late: Organised, portal: Portal, client: Client
) -> None:
    """Attack: the report names pages that the user may not open."""
    groups, _given = prepare_groups([portal.home])
    group = groups["Biên tập viên"]
    GroupPagePermission.objects.filter(group=group).update(page=late.units)
    user = User.objects.create_user("bientap", password="Demo-2026")
    user.groups.set([group])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(REPORT).content.decode()
    assert "Sở Nội vụ" in html
    assert f"/quan-tri/pages/{StandardPage.objects.get(slug='gioi-thieu').pk}/edit/" not in html
