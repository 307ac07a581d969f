"""`/to-chuc/`: the province's organisation, unit by unit, with people to turn to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.home.base import OwnedPage, is_open, upkeep_panel
from portal.home.blocks import body_blocks
from portal.home.persons import ContactPerson

PAGE_SIZE = 50
MOST_BELOW = 300


class OrganisationIndexPage(OwnedPage):
    """The organisation (tổ chức bộ máy): its units in the editor's order, with those below."""

    template = "home/organisation_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.OrganisationUnitPage"]

    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("organisation index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the units, each with the units right below it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        units = Paginator(_shown().child_of(self), PAGE_SIZE).get_page(request.GET.get("trang"))
        units.object_list = with_units_below(list(units.object_list))
        return context | {"units": units}


class OrganisationUnitPage(OwnedPage):
    """A unit of the organisation (cơ quan, đơn vị); the tree of pages is that of the units."""

    search_kind: ClassVar[str] = "unit"
    template = "home/organisation_unit_page.html"
    parent_page_types: ClassVar[list[str]] = [
        "home.OrganisationIndexPage",
        "home.OrganisationUnitPage",
    ]
    subpage_types: ClassVar[list[str]] = ["home.OrganisationUnitPage"]

    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    functions = StreamField(body_blocks(), verbose_name=_("functions and tasks"), blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("own website"), blank=True)
    hours = models.CharField(_("office hours"), max_length=200, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("functions"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("website"), FieldPanel("hours")]),
            ],
            _("Where to reach the unit"),
        ),
        InlinePanel("contacts", label=_("Contact officer")),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("organisation unit")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The people to turn to, and the units right below."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        below = list(_shown().child_of(self)[:MOST_BELOW])
        return context | {"contacts": list(self.contacts.all()), "below": below}


class UnitContact(ContactPerson):
    """Whom to turn to in a unit."""

    page = ParentalKey(OrganisationUnitPage, on_delete=models.CASCADE, related_name="contacts")

    class Meta(ContactPerson.Meta):
        verbose_name = _("contact officer of a unit")


def _shown() -> Any:
    return OrganisationUnitPage.objects.live().filter(is_open()).order_by("path")


def with_units_below(units: list[OrganisationUnitPage]) -> list[OrganisationUnitPage]:
    """The units with `below` on each, read in one query."""
    by_path: dict[str, list[OrganisationUnitPage]] = {unit.path: [] for unit in units}
    if units:
        depth, parent = units[0].depth + 1, units[0].path[: -Page.steplen]
        found = _shown().filter(depth=depth, path__startswith=parent)
        first, last = units[0].path, f"{units[-1].path}~"
        for page in found.filter(path__gt=first, path__lt=last)[:MOST_BELOW]:
            by_path[page.path[: -Page.steplen]].append(page)
    for unit in units:
        unit.below = by_path[unit.path]
    return units
