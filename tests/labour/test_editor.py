"""The editor's form of a campaign."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext as _
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.areas.models import Unit, User
from portal.labour.models import CampaignPage, LabourIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser with an editor who may do everything."""
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    return client


def data(rows: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    """What the form of a new campaign sends."""
    return nested_form_data(
        {
            "title": "Đợt thu thập năm 2026",
            "slug": "",
            "plan": "",
            "starts_on": "01/10/2026",
            "ends_on": "31/10/2026",
            "lead": "",
            "body": streamfield([]),
            "target": "1000",
            "collected": "",
            "figures": inline_formset(rows),
            "action-publish": "1",
            **values,
        }
    )


def add(editor: Client, index: LabourIndexPage, sent: dict[str, Any]) -> str:
    """Send the form; the page that comes back."""
    address = f"/quan-tri/pages/add/labour/campaignpage/{index.pk}/"
    return editor.post(address, sent, follow=True).content.decode()


def test_a_campaign_is_published_with_its_figures(
    editor: Client, index: LabourIndexPage, communes: dict[str, Unit]
) -> None:
    rows = [
        {"unit": communes["tan_trao"].pk, "target": "400", "collected": ""},
        {"unit": communes["son_duong"].pk, "target": "", "collected": ""},
    ]
    add(editor, index, data(rows))
    page = CampaignPage.objects.get()
    assert page.live
    assert page.slug == "dot-thu-thap-nam-2026"
    assert [figure.target for figure in page.figures.all()] == [400, None]


def test_parts_are_never_more_than_the_whole(
    editor: Client, index: LabourIndexPage, communes: dict[str, Unit]
) -> None:
    rows = [{"unit": communes["tan_trao"].pk, "target": "1001", "collected": ""}]
    answer = add(editor, index, data(rows))
    assert _("The units together have more than the whole.") in answer
    assert not CampaignPage.objects.exists()


def test_a_unit_stands_once(
    editor: Client, index: LabourIndexPage, communes: dict[str, Unit]
) -> None:
    row = {"unit": communes["tan_trao"].pk, "target": "1", "collected": ""}
    answer = add(editor, index, data([row, row]))
    assert _("A unit stands twice in the figures.") in answer


def test_the_last_day_comes_after_the_first(editor: Client, index: LabourIndexPage) -> None:
    answer = add(editor, index, data([], ends_on="01/09/2026"))
    assert _("The last day is before the first.") in answer


def test_existing_pages_open(editor: Client, campaign: CampaignPage) -> None:
    for page in (campaign, campaign.get_parent()):
        assert editor.get(f"/quan-tri/pages/{page.pk}/edit/").status_code == 200
