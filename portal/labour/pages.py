"""`/lao-dong/`: campaigns that collect information about workers, and the way to the sheet."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    Panel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from portal.areas.models import Unit
from portal.forms import registry
from portal.home.base import BasePage
from portal.home.blocks import body_blocks
from portal.home.tree import tree_of
from portal.jobs import clock
from portal.labour import campaigns, national, queries
from portal.labour.campaigns import State
from portal.labour.page_forms import CampaignForm
from portal.news.models import OfficialDocumentPage

WORKER = "worker"


class LabourIndexPage(BasePage):
    """Labour information (lao động - việc làm): campaigns, the sheet, the national service."""

    template = "labour/labour_index_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("labour index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """All campaigns below this page, those under way first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        tree_of(request)
        found = list(queries.campaigns().filter(path__startswith=self.path))
        found.sort(key=lambda page: page.state is not State.RUNNING)
        return context | {"campaigns": found, **surroundings()}


class CampaignPage(BasePage):
    """A campaign (đợt thu thập thông tin người lao động) under its plan (kế hoạch)."""

    search_kind: ClassVar[str] = "campaign"
    template = "labour/campaign_page.html"
    base_form_class = CampaignForm
    parent_page_types: ClassVar[list[str]] = ["labour.LabourIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    plan = models.ForeignKey(
        OfficialDocumentPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("plan"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), help_text=_("The last day is included."))
    lead = models.TextField(_("who is asked, in one or two sentences"), max_length=500, blank=True)
    body = StreamField(body_blocks(), verbose_name=_("who, what, how"), blank=True)
    target = models.PositiveIntegerField(
        _("target, in persons"), null=True, blank=True, help_text=_("Empty: not made public.")
    )
    collected = models.PositiveIntegerField(
        _("collected, in persons"), null=True, blank=True, help_text=_("Empty: not made public.")
    )
    result_label = models.CharField(
        _("result of what"), max_length=100, blank=True, help_text=_("Such as: năm 2023")
    )
    result_employed = models.PositiveIntegerField(_("employed"), null=True, blank=True)
    result_unemployed = models.PositiveIntegerField(_("unemployed"), null=True, blank=True)
    result_inactive = models.PositiveIntegerField(
        _("not economically active"), null=True, blank=True
    )
    result = models.TextField(_("result in words"), blank=True)
    sources = models.TextField(_("sources, one a line"), blank=True)
    demo_note = models.CharField(_("note on demo content"), max_length=300, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        PageChooserPanel("plan"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("target"), FieldPanel("collected")]),
        InlinePanel("figures", label=_("Figures of a unit")),
        MultiFieldPanel(
            [
                FieldPanel("result_label"),
                FieldRowPanel(
                    [
                        FieldPanel("result_employed"),
                        FieldPanel("result_unemployed"),
                        FieldPanel("result_inactive"),
                    ]
                ),
                FieldPanel("result"),
            ],
            _("Result of a former collection"),
        ),
        FieldPanel("sources"),
        FieldPanel("demo_note"),
    ]

    class Meta:
        verbose_name = _("campaign")

    def clean(self) -> None:
        """The last day is not before the first."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})

    @property
    def state(self) -> State:
        """The state today."""
        return campaigns.state_on(self.starts_on, self.ends_on, clock.today())

    @property
    def state_sentence(self) -> str:
        """The state today in a sentence."""
        return campaigns.sentence(self.state, self.starts_on, self.ends_on)

    @property
    def progress(self) -> str:
        """Collected and target in words."""
        return campaigns.progress(self)

    @property
    def target_words(self) -> str:
        """The whole target."""
        return campaigns.in_words(self.target)

    @property
    def collected_words(self) -> str:
        """The whole result so far."""
        return campaigns.in_words(self.collected)

    @property
    def has_bar(self) -> bool:
        """Whether there is a share to draw."""
        return bool(self.target) and self.collected is not None

    @property
    def results(self) -> list[tuple[Any, str]]:
        """The former result with its sum, which is computed so that it always agrees."""
        parts = (
            (_("Employed"), self.result_employed),
            (_("Unemployed"), self.result_unemployed),
            (_("Not economically active"), self.result_inactive),
        )
        known = [number for _label, number in parts if number is not None]
        if len(known) < len(parts):
            return []
        rows = (*parts, (_("Total"), sum(known)))
        return [(label, campaigns.in_words(number)) for label, number in rows]

    @property
    def source_lines(self) -> list[str]:
        """The sources one by one."""
        return [line.strip() for line in self.sources.splitlines() if line.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Figures, plan, and where to go on."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        tree_of(request)
        return context | {
            "table": campaigns.table_of(self),
            "plan": self.plan if self.plan and self.plan.live else None,
            **surroundings(),
        }


class CampaignFigure(Orderable):
    """Target and result of one unit, of the map that was in force during the campaign."""

    unscoped_because = "figures of a campaign are public with their page"

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="figures")
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        limit_choices_to=campaigns.units_of_a_campaign,
        verbose_name=_("administrative unit"),
    )
    target = models.PositiveIntegerField(_("target, in persons"), null=True, blank=True)
    collected = models.PositiveIntegerField(_("collected, in persons"), null=True, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("target"), FieldPanel("collected")]),
    ]


def surroundings() -> dict[str, Any]:
    """Where a worker goes on: the portal's own sheet, and the national service."""
    return {"form_url": registry.mount_url(WORKER), "national": national.CONTEXT}
