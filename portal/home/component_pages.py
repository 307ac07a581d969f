"""Sites of departments and communes below the portal: one design, own menu, own editors."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from portal.home import sources
from portal.home.base import BasePage, is_open
from portal.home.blocks import body_blocks
from portal.home.top_pages import TopPage

MOST_ARTICLES, MOST_NOTICES, MOST_DOCUMENTS = 6, 5, 4
HOST_NAME = RegexValidator(
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
    _("A host name such as tantrao.tuyenquang.gov.vn: no address with http, no port."),
)


class ComponentIndexPage(BasePage):
    """All component sites of the portal (trang thành phần), departments before communes."""

    template = "home/component_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.ComponentHomePage"]
    max_count_per_parent = 1

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("index of component sites")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The units in two groups, by name."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = ComponentHomePage.objects.child_of(self).live().filter(is_open())
        found = list(pages.defer_streamfields().order_by("title"))
        groups = [
            {"label": label, "units": [page for page in found if page.kind == kind]}
            for kind, label in ComponentHomePage.Kind.choices
        ]
        return context | {"groups": [group for group in groups if group["units"]]}


class ComponentHomePage(TopPage):
    """The front page of one unit's own site (cổng thành phần của sở, ngành, xã, phường)."""

    class Kind(models.TextChoices):
        """Where the unit stands."""

        DEPARTMENT = "department", _("Departments and agencies")
        COMMUNE = "commune", _("Communes and wards")

    search_kind: ClassVar[str] = "page"
    template = "home/component_home_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.ComponentIndexPage"]

    kind = models.CharField(_("kind of unit"), max_length=12, choices=Kind, default=Kind.COMMUNE)
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)
    agency = models.CharField(_("publishing agency"), max_length=200, blank=True)
    licence_number = models.CharField(_("licence"), max_length=200, blank=True)
    responsible_person = models.CharField(_("responsible person"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    host_name = models.CharField(
        _("own host name"),
        max_length=200,
        blank=True,
        validators=[HOST_NAME],
        help_text=_("Empty: reached below the portal's own address only."),
    )

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("agency"),
                FieldPanel("licence_number"),
                FieldPanel("responsible_person"),
                FieldPanel("address"),
                FieldPanel("telephone"),
                FieldPanel("email"),
            ],
            _("Imprint"),
            help_text=_("What is left empty is taken from the portal's imprint."),
        ),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        *BasePage.promote_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind", permission="superuser"),
                FieldPanel("host_name", permission="superuser"),
            ],
            _("Site of the unit"),
        ),
    ]

    class Meta:
        verbose_name = _("component site")

    def clean(self) -> None:
        """A host name must be served here, and nobody else's."""
        super().clean()
        self.host_name = self.host_name.strip().lower()
        if not self.host_name:
            return
        if not validate_host(self.host_name, settings.ALLOWED_HOSTS):
            raise ValidationError(
                {"host_name": _("The server does not answer to this name: add it to PORTAL_HOSTS.")}
            )
        others = ComponentHomePage.objects.filter(host_name=self.host_name).exclude(pk=self.pk)
        sites = Site.objects.filter(hostname=self.host_name).exclude(root_page=self.pk)
        if others.exists() or sites.exists():
            raise ValidationError({"host_name": _("This host name leads to another site already.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The unit's own news, notices and documents."""
        request.portal_component = self  # type: ignore[attr-defined]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "articles": sources.items("articles", MOST_ARTICLES, below=self.path),
            "notices": sources.items("notices", MOST_NOTICES, below=self.path),
            "documents": sources.items("documents", MOST_DOCUMENTS, below=self.path),
        }
