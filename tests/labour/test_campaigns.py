"""Campaign pages: figures as they were made public, the state of the day, the ways on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms.models import apply_limit_choices_to_to_formfield
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from portal.areas.models import Unit, UnitSuccession
from portal.home.models import FormPage
from portal.jobs import clock
from portal.labour import campaigns, home_card
from portal.labour.campaigns import State
from portal.labour.models import CampaignFigure, CampaignPage, LabourIndexPage

pytestmark = [pytest.mark.once, pytest.mark.django_db]
BUDGET = 12
ADDRESS = "/lao-dong/thu-thap-2024/"
DURING = datetime(2024, 10, 10, 12, tzinfo=clock.ZONE)


def words(client: Client, address: str = ADDRESS) -> str:
    """The text of a page with every run of white space as one blank."""
    page = client.get(address).content.decode().replace("<", " <")
    return " ".join(strip_tags(page).split())


@pytest.fixture
def form_page(index: LabourIndexPage) -> FormPage:
    """`/lao-dong/phieu/` with the worker's sheet."""
    page = FormPage(title="Phiếu thông tin", slug="phieu", form="worker")
    index.add_child(instance=page)
    return page


def test_the_figures_of_plan_167_are_shown_by_unit(client: Client, campaign: CampaignPage) -> None:
    shown = words(client)
    assert "31.369" in shown
    assert "Thành phố Tuyên Quang 15 3.591" in shown
    assert f"Huyện Lâm Bình 10 {_('not made public')}" in shown
    assert f"{_('Total')} 137 31.369" in shown


def test_only_the_difference_is_computed_nothing_is_invented(
    client: Client, campaign: CampaignPage
) -> None:
    table = campaigns.table_of(campaign)
    assert [row.target for row in table.rows] == [3_591] + [None] * 6
    assert table.rest == 27_778
    assert "27.778" in words(client)
    assert not table.has_collected


def test_the_former_result_adds_up(client: Client, campaign: CampaignPage) -> None:
    assert [number for _label, number in campaign.results] == [
        "492.537",
        "770",
        "85.019",
        "578.326",
    ]
    shown = words(client)
    assert "năm 2023" in shown
    assert "Hơn 18.000 người chưa thu thập được." in shown


def test_a_result_that_is_not_whole_has_no_sum(campaign: CampaignPage) -> None:
    campaign.result_unemployed = None
    assert campaign.results == []


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2024-09-30T23:59:59", State.AHEAD),
        ("2024-10-01T00:00:00", State.RUNNING),
        ("2024-10-31T23:59:59", State.RUNNING),
        ("2024-11-01T00:00:00", State.OVER),
    ],
)
def test_the_state_follows_the_calendar_of_viet_nam(
    client: Client, campaign: CampaignPage, moment: str, state: State
) -> None:
    with clock.frozen(datetime.fromisoformat(moment).replace(tzinfo=clock.ZONE)):
        assert campaign.state == state
        shown = words(client)
        assert campaign.state_sentence in shown
        assert str(state.label) in shown
    assert "31/10/2024" in campaign.state_sentence


def test_what_is_over_and_rebuilt_says_so(client: Client, campaign: CampaignPage) -> None:
    shown = words(client)
    assert _("historical data") in shown
    assert "Dựng lại từ thông tin công khai." in shown
    with clock.frozen(DURING):
        assert _("historical data") not in words(client)


def test_the_way_to_the_national_service_says_that_it_leaves(
    client: Client, campaign: CampaignPage
) -> None:
    page = client.get(ADDRESS).content.decode()
    link = page[page.index('<a href="https://vieclam.gov.vn"') :].split("</a>")[0]
    assert 'rel="external noopener"' in link
    assert "vieclam.gov.vn" in strip_tags(link.split(">", 1)[1])
    assert "VNeID" in page


def test_the_sheet_is_linked_where_a_page_mounts_it(
    client: Client, campaign: CampaignPage, form_page: FormPage
) -> None:
    for address in (ADDRESS, "/lao-dong/"):
        assert 'href="/lao-dong/phieu/"' in client.get(address).content.decode()


def test_without_a_page_of_the_sheet_nothing_leads_there(
    client: Client, campaign: CampaignPage
) -> None:
    assert _("Fill in the worker sheet") not in words(client)


def test_a_plan_that_is_not_public_is_not_named(client: Client, campaign: CampaignPage) -> None:
    assert "167/KH-UBND" in client.get(ADDRESS).content.decode().split("<dl")[1].split("</dl>")[0]
    campaign.plan.unpublish()
    assert "<dt>" + _("Plan") not in client.get(ADDRESS).content.decode()
    campaign.plan.delete()
    assert client.get(ADDRESS).status_code == 200


def test_texts_of_the_editor_are_text(client: Client, campaign: CampaignPage) -> None:
    campaign.lead = campaign.demo_note = campaign.sources = "<script>alert(1)</script>"
    campaign.save()
    assert "<script>alert" not in client.get(ADDRESS).content.decode()


def test_a_campaign_without_any_figure_is_a_page(client: Client, campaign: CampaignPage) -> None:
    CampaignFigure.objects.all().delete()
    CampaignPage.objects.update(target=None, result_employed=None, sources="")
    shown = words(client)
    assert _("not made public") in shown
    assert _("Figures by unit") not in shown


def test_the_preview_shows_figures_that_were_not_saved(
    campaign: CampaignPage, rf: RequestFactory, districts: list[Unit]
) -> None:
    draft = campaign.save_revision().as_object()
    draft.figures = [CampaignFigure(unit=districts[1], target=12_345)]
    response = draft.make_preview_request(rf.get("/"), draft.default_preview_mode)
    assert "12.345" in response.render().content.decode()


def test_pages_stay_within_the_budget(
    client: Client, campaign: CampaignPage, form_page: FormPage, index: LabourIndexPage
) -> None:
    spent = {}
    for address in ("/lao-dong/", ADDRESS):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        spent[address] = len(asked)
    assert max(spent.values()) <= BUDGET, spent


def test_more_campaigns_cost_no_more_queries(
    client: Client, campaign: CampaignPage, index: LabourIndexPage
) -> None:
    for number in range(5):
        index.add_child(
            instance=CampaignPage(
                title=f"Đợt {number}", starts_on=campaign.starts_on, ends_on=campaign.ends_on
            )
        )
    client.get("/lao-dong/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/lao-dong/").content.decode().count("<article") == 6
    assert len(asked) <= BUDGET


def test_campaigns_under_way_come_first(
    client: Client, campaign: CampaignPage, index: LabourIndexPage
) -> None:
    later = {"starts_on": "2025-01-01", "ends_on": "2025-01-31"}
    index.add_child(instance=CampaignPage(title="Đợt sau", **later))
    with clock.frozen(DURING):
        shown = words(client, "/lao-dong/")
    assert shown.index(campaign.title) < shown.index("Đợt sau")


@pytest.mark.parametrize("asked", ["thu thap thong tin nguoi lao dong", "167/KH-UBND", "Lâm Bình"])
def test_a_campaign_is_found(
    client: Client, campaign: CampaignPage, drain: Callable[[], int], asked: str
) -> None:
    drain()
    page = client.get("/tim-kiem/", {"q": asked, "loai": "campaign"}).content.decode()
    assert f'href="{ADDRESS}"' in page


def test_an_unpublished_campaign_is_not_found(
    client: Client, campaign: CampaignPage, drain: Callable[[], int]
) -> None:
    drain()
    campaign.unpublish()
    drain()
    page = client.get("/tim-kiem/", {"q": "thu thập", "loai": "campaign"}).content.decode()
    assert f'href="{ADDRESS}"' not in page


def test_the_card_shows_what_is_under_way(campaign: CampaignPage, rf: RequestFactory) -> None:
    assert home_card.render(rf.get("/")) is None
    with clock.frozen(DURING):
        card = home_card.render(rf.get("/"))
    assert card is not None
    assert f'href="{ADDRESS}"' in card
    assert "31.369" in card
    assert "Dựng lại từ thông tin công khai." in card


@pytest.mark.parametrize(
    ("target", "collected", "bar"),
    [(31_369, None, False), (None, 500, False), (31_369, 12_000, True), (0, 0, False)],
)
def test_a_bar_is_drawn_only_where_both_numbers_are_known(
    campaign: CampaignPage, rf: RequestFactory, target: int | None, collected: int | None, bar: bool
) -> None:
    CampaignPage.objects.update(target=target, collected=collected)
    with clock.frozen(DURING):
        card = home_card.render(rf.get("/"))
    assert card is not None
    assert ("<progress" in card) == bar
    assert ("12.000" in card) == bar


def test_units_of_a_campaign_are_those_of_the_province_on_both_maps(
    communes: dict[str, Unit], districts: list[Unit]
) -> None:
    old = Unit.objects.filter(parent=districts[6]).first()
    UnitSuccession.objects.create(old=old, new=communes["tan_trao"], part="whole", people="all")
    field: Any = CampaignFigure._meta.get_field("unit").formfield()
    apply_limit_choices_to_to_formfield(field)
    wanted = {communes["tan_trao"], communes["son_duong"], districts[6]}
    assert set(field.queryset) == wanted
    assert len(field.queryset) == 3


def test_the_last_day_is_not_before_the_first(index: LabourIndexPage, campaign: Any) -> None:
    campaign.ends_on = campaign.starts_on.replace(day=1, month=9)
    with pytest.raises(ValidationError, match="ends_on"):
        campaign.full_clean()
