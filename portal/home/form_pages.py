"""A page that mounts a form: its steps are sub-routes, so schedule, menu and language apply."""

from __future__ import annotations

from http import HTTPMethod
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.forms import registry
from portal.forms.errors import DraftGoneError
from portal.forms.mount import Mount
from portal.forms.views import groups, pages, papers, resume, review, start
from portal.forms.views.common import when_gone
from portal.home.base import OwnedPage, PortalPageForm, RoutableMixin, upkeep_panel
from portal.home.blocks import body_blocks
from portal.home.tree import tree_of


class FormPageForm(PortalPageForm):
    """The choice of the form is made of what the rooms offer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "form" in self.fields:
            from django import forms

            self.fields["form"] = forms.ChoiceField(
                label=self.fields["form"].label, choices=registry.choices
            )

    def clean(self) -> dict[str, Any]:
        """A window ends after it begins."""
        values: dict[str, Any] = super().clean()
        opens, closes = values.get("opens_at"), values.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", ValidationError(_("The form closes before it opens.")))
        return values


class FormPage(RoutableMixin, OwnedPage):
    """Introduction to a form, and the form itself below `khai/`."""

    search_kind: ClassVar[str] = "page"
    template = "home/form_page.html"
    base_form_class = FormPageForm
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [
        HTTPMethod.GET,
        HTTPMethod.HEAD,
        HTTPMethod.OPTIONS,
        HTTPMethod.POST,
    ]

    form = models.CharField(_("form"), max_length=40)
    lead = models.TextField(_("lead"), max_length=500, blank=True)
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("form"),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            ],
            _("Form"),
        ),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("page with a form")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A draft that vanishes meanwhile, or whose version did, is a sentence and no fault."""
        try:
            found: HttpResponse = super().serve(request, *args, **kwargs)
        except DraftGoneError as error:
            return when_gone(request, self.mount(request), error)
        return found

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """The introduction; it carries nothing of one visitor and is kept like any page."""
        mount = self.mount(request)
        response: HttpResponse = self.render(
            request, context_overrides={"mount": mount, "round_note": mount.form.round_note()}
        )
        return response

    @path("khai/")
    def begin(self, request: HttpRequest) -> HttpResponse:
        return start.start(request, self.mount(request))

    @path("khai/ma/")
    def codes(self, request: HttpRequest) -> HttpResponse:
        return start.codes(request, self.mount(request))

    @path("khai/xong/")
    def finish(self, request: HttpRequest) -> HttpResponse:
        pages = FormPage.objects.live().filter(form=self.form)
        others = [page.get_url(request) or "/" for page in pages]
        return start.finish(request, self.mount(request), others)

    @path("khai/tiep-tuc/")
    def resume(self, request: HttpRequest) -> HttpResponse:
        return resume.resume(request, self.mount(request))

    @path("khai/xem-lai/")
    def review(self, request: HttpRequest) -> HttpResponse:
        return review.review(request, self.mount(request))

    @path("khai/<slug:step>/")
    def step(self, request: HttpRequest, step: str) -> HttpResponse:
        return pages.step(request, self.mount(request), step)

    @path("khai/<slug:step>/moi/")
    def new_item(self, request: HttpRequest, step: str) -> HttpResponse:
        return groups.new_item(request, self.mount(request), step)

    @path("khai/<slug:step>/<slug:item>/xoa/")
    def remove_item(self, request: HttpRequest, step: str, item: str) -> HttpResponse:
        return groups.remove_item(request, self.mount(request), step, item)

    @path("khai/<slug:step>/<slug:item>/<slug:page>/")
    def item_page(self, request: HttpRequest, step: str, item: str, page: str) -> HttpResponse:
        return pages.item_page(request, self.mount(request), step, item, page)

    @path("bien-nhan/")
    def receipt(self, request: HttpRequest) -> HttpResponse:
        return papers.receipt(request, self.mount(request))

    @path("bien-nhan/tai-ve/")
    def receipt_file(self, request: HttpRequest) -> HttpResponse:
        return papers.receipt_file(request, self.mount(request))

    @path("giay/<slug:name>/")
    def sheet(self, request: HttpRequest, name: str) -> HttpResponse:
        return papers.sheet(request, self.mount(request), name)

    @path("tra-cuu/")
    def look_up(self, request: HttpRequest) -> HttpResponse:
        return resume.look_up(request, self.mount(request))

    @path("tra-cuu/ho-so/")
    def status(self, request: HttpRequest) -> HttpResponse:
        return resume.status(request, self.mount(request))

    def mount(self, request: HttpRequest) -> Mount:
        """The form of this page in its frame. A form that no room offers any more is a 404."""
        tree_of(request)
        try:
            form = registry.get(self.form)
        except KeyError:
            raise Http404 from None

        def draw(template: str, values: dict[str, Any]) -> HttpResponse:
            found: HttpResponse = self.render(request, template=template, context_overrides=values)
            return found

        address = self.get_url(request) or "/"
        return Mount(form, address, self.pk, draw, self.opens_at, self.closes_at)


def mount_url(form: str) -> str | None:
    """The address of the live page that mounts a form, the first in the tree."""
    page = FormPage.objects.live().filter(form=form).order_by("path").first()
    return page.get_url() if page else None
