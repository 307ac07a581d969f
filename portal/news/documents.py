"""Official documents (văn bản): the list, the issuers, the documents."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import path
from wagtail.models import Orderable, Page

from portal.home.base import BasePage, PortalPageForm, RoutableMixin
from portal.jobs import clock
from portal.news import exporting, feeds, listing, queries, webdata
from portal.news.codes import DocumentType, Field, Issuer
from portal.news.file_panel import FileStatesPanel
from portal.news.numbers import number_key, number_slug, parse_number, written
from portal.news.previews import PreviewsMixin
from portal.news.readings import CountedMixin
from portal.news.states import State, state_of


class Secrecy(models.TextChoices):
    """Marks that forbid publishing (NĐ 30/2020, Phụ lục I); one of them is a hard stop."""

    NONE = "", _("none")
    TOP_SECRET = "tuyet_mat", "Tuyệt mật"
    SECRET = "toi_mat", "Tối mật"
    CONFIDENTIAL = "mat", "Mật"
    INTERNAL = "luu_hanh_noi_bo", "LƯU HÀNH NỘI BỘ"
    RETURN = "xem_xong_tra_lai", "XEM XONG TRẢ LẠI"


class OfficialDocumentIndexPage(RoutableMixin, BasePage):
    """All official documents with filters in the address, feed and export."""

    template = "news/official_document_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["news.IssuerIndexPage"]

    class Meta:
        verbose_name = _("official document index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the filtered list, and the filters with their counts."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | listing.list_context(request, self.get_url(request) or "/")

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        """The filtered list as a feed."""
        return feeds.document_feed(request, self)

    @path("xlsx/", name="xlsx")
    def xlsx(self, request: HttpRequest) -> HttpResponse:
        """The filtered list as a workbook."""
        return exporting.export(request)


class IssuerIndexPage(RoutableMixin, BasePage):
    """The documents of one issuer; stands in the tree so that addresses are natural."""

    template = "news/issuer_index_page.html"
    parent_page_types: ClassVar[list[str]] = [
        "news.OfficialDocumentIndexPage",
        "home.ComponentHomePage",
    ]
    subpage_types: ClassVar[list[str]] = ["news.OfficialDocumentPage"]

    issuer = models.ForeignKey(
        Issuer, models.PROTECT, related_name="pages", verbose_name=_("issuing agency")
    )

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("issuer")]

    class Meta:
        verbose_name = _("documents of an issuer")

    def slug_source(self) -> str:
        """The issuer's own address part."""
        return str(self.issuer.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of this issuer's documents."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        whole = self.get_parent().get_url(request) or "/"
        return context | listing.list_context(request, whole, issuer=self.issuer)


class OfficialDocumentForm(PortalPageForm):
    """Takes the number apart, refuses a second document of the same key and secret ones."""

    def clean(self) -> dict[str, Any]:
        """Errors on the field that the editor can mend."""
        data: dict[str, Any] = super().clean()
        page: OfficialDocumentPage = self.instance
        page.number_text = data.get("number_text") or ""
        page.issued_on = data.get("issued_on")
        page.take_number_apart()
        issuer = getattr(getattr(self.parent_page, "specific", None), "issuer", None)
        message = page.duplicate_message(issuer or page.issuer_or_none())
        if message:
            self.add_error("number_text", message)
        if data.get("secrecy") and {"action-publish", "action-submit"} & set(self.data):
            self.add_error("secrecy", SECRET_MESSAGE)
        if not data.get("type"):
            guessed = DocumentType.objects.filter(code=page.guessed_type).first()
            data["type"] = page.type = guessed
        return data


NUMBER_ADDRESS = re.compile(r"\d{2,5}(-[a-z0-9]+)*")
SECRET_MESSAGE = _("A document with this mark must never be published.")
DUPLICATE_MESSAGE = _("This agency's document %(number)s of %(day)s is already there: “%(title)s”.")


class OfficialDocumentPage(CountedMixin, PreviewsMixin, BasePage):
    """One official document (văn bản); the key is (issuer, number, symbol, date)."""

    search_kind: ClassVar[str] = "official_document"
    template = "news/official_document_page.html"
    base_form_class = OfficialDocumentForm
    parent_page_types: ClassVar[list[str]] = ["news.IssuerIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = ["number", "symbol", "number_text", "number_key"]
    guessed_type: str = ""
    file_relation: ClassVar[str] = "files"

    number_text = models.CharField(
        _("number and symbol"), max_length=100, blank=True, help_text=_("Whole: 167/KH-UBND")
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    symbol = models.CharField(_("symbol"), max_length=80, blank=True, editable=False)
    number_key = models.CharField(
        max_length=100, blank=True, editable=False, default="", db_index=True
    )
    text_key = models.TextField(blank=True, editable=False, default="")
    type = models.ForeignKey(
        DocumentType, models.PROTECT, null=True, blank=True, verbose_name=_("type")
    )
    issuer = models.ForeignKey(Issuer, models.PROTECT, verbose_name=_("issuing agency"))
    field = models.ForeignKey(
        Field, models.PROTECT, null=True, blank=True, verbose_name=_("field of work")
    )
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    signer_post = models.CharField(_("post of the signer"), max_length=200, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, db_index=True)
    effective_on = models.DateField(_("in effect from"), null=True, blank=True)
    expires_on = models.DateField(
        _("in effect until"), null=True, blank=True, help_text=_("The last day is included.")
    )
    state_given = models.CharField(
        _("state"),
        max_length=12,
        blank=True,
        choices=State,
        help_text=_("Empty: derived from the dates and from what replaces the document."),
    )
    period_from = models.DateField(_("carried out from"), null=True, blank=True)
    period_until = models.DateField(
        _("carried out until"), null=True, blank=True, help_text=_("The last day is included.")
    )
    abstract = models.TextField(_("abstract"), blank=True)
    secrecy = models.CharField(
        _("secrecy or circulation mark"), max_length=20, blank=True, choices=Secrecy, default=""
    )
    demo_note = models.CharField(_("note on demo content"), max_length=300, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        FieldPanel("number_text"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("type"), FieldPanel("field")]),
        FieldPanel("abstract"),
        MultiFieldPanel([FieldPanel("signer"), FieldPanel("signer_post")], _("Signature")),
        FieldRowPanel(
            [FieldPanel("issued_on"), FieldPanel("effective_on"), FieldPanel("expires_on")]
        ),
        FieldRowPanel([FieldPanel("state_given"), FieldPanel("secrecy")]),
        InlinePanel("files", label=_("File")),
        FileStatesPanel("files"),
        InlinePanel("relations", label=_("Related document")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_until")]),
                InlinePanel("targets", label=_("Target")),
            ],
            _("Plan or programme"),
        ),
        FieldPanel("demo_note"),
    ]

    class Meta:
        verbose_name = _("official document")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number", "symbol", "issued_on"],
                name="official_document_key",
            )
        ]
        indexes = [models.Index(fields=["-issued_on", "-number"], name="official_document_newest")]

    def slug_source(self) -> str:
        """Number, symbol and year of issue; without a number the title."""
        self.take_number_apart()
        year = self.issued_on.year if self.issued_on else None
        return number_slug(self.number, self.symbol, year) or super().slug_source()

    def take_number_apart(self) -> None:
        """Fill number, symbol and the comparison keys from the number as written."""
        parsed = parse_number(self.number_text)
        self.number, self.symbol = parsed.number, parsed.symbol
        self.guessed_type = parsed.type_code
        self.number_text = written(parsed)[:100]
        self.number_key = number_key(self.number_text)[:100]
        self.text_key = f"{self.number_key} {number_key(f'{self.title} {self.abstract}')}"

    def issuer_or_none(self) -> Issuer | None:
        """The issuer, as far as one is known already."""
        return self.issuer if self.issuer_id else None

    def duplicate_message(self, issuer: Issuer | None) -> str:
        """What to tell the editor when this key is taken; empty when it is free."""
        if self.number is None or issuer is None or self.issued_on is None:
            return ""
        other = (
            OfficialDocumentPage.objects.exclude(pk=self.pk)
            .filter(issuer=issuer, number=self.number, symbol=self.symbol)
            .filter(issued_on=self.issued_on)
            .first()
        )
        values = {"number": self.number_text, "day": f"{self.issued_on:%d/%m/%Y}"}
        return str(DUPLICATE_MESSAGE % {**values, "title": other.title}) if other else ""

    def _set_core_field_defaults(self) -> None:
        self._take_issuer_from_parent()
        self.take_number_apart()
        self._renew_slug()
        super()._set_core_field_defaults()

    def _renew_slug(self) -> None:
        """The editor saves by itself before all is typed: until the page was published, an
        address made of a number follows the number and the date."""
        if self.first_published_at or self.live or self.number is None:
            return
        if self.slug != self.slug_source() and NUMBER_ADDRESS.fullmatch(self.slug or ""):
            self.slug = ""

    def _take_issuer_from_parent(self) -> None:
        # The tree decides, so that address and issuer can never disagree.
        parent = self.get_parent() if self.path else getattr(self, "_cached_parent_obj", None)
        specific = parent.specific if parent is not None else None
        if isinstance(specific, IssuerIndexPage):
            self.issuer = specific.issuer

    def minimal_clean(self) -> None:
        """A draft too may not take another document's key."""
        super().minimal_clean()
        self._refuse_duplicate()

    def clean(self) -> None:
        """Never live with a secrecy mark, never twice the same key, an end after the start."""
        super().clean()
        self._refuse_duplicate()
        if self.live and self.secrecy:
            raise ValidationError({"secrecy": SECRET_MESSAGE})
        for first, last in (("effective_on", "expires_on"), ("period_from", "period_until")):
            begin, end = getattr(self, first), getattr(self, last)
            if begin and end and end < begin:
                raise ValidationError({last: _("The last day is before the first.")})

    def _refuse_duplicate(self) -> None:
        message = self.duplicate_message(self.issuer_or_none())
        if message:
            raise ValidationError({"number_text": message})

    def replaced_on(self, on: date) -> bool:
        """Whether a live document that is in effect on that day replaces this one."""
        return queries.replacing(on).filter(target=self.pk).exists()

    @property
    def state(self) -> State:
        """The state of validity today."""
        return state_of(self, clock.today())

    @property
    def state_label(self) -> str:
        """The state of validity in words."""
        return str(self.state.label)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The document with its files, its chain and its facts."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        around = queries.around_document(self)
        return context | around | webdata.for_document(request, self)


class DocumentTarget(Orderable):
    """What a plan or programme is to reach, and until when (chỉ tiêu)."""

    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="targets")
    name = models.CharField(_("target"), max_length=300)
    amount = models.CharField(
        _("how much"), max_length=100, blank=True, help_text=_("As written: “31.369 người”")
    )
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("due_on")]),
    ]


class Relation(Orderable):
    """How one document bears on another; the other direction is derived, never typed."""

    class Kind(models.TextChoices):
        """Kinds of relation, as seen from the newer document."""

        REPLACES = "replaces", _("replaces")
        AMENDS = "amends", _("amends")
        BASED_ON = "based_on", _("is based on")
        GUIDES = "guides", _("guides")

    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=10, choices=Kind)
    target = models.ForeignKey(
        OfficialDocumentPage,
        models.CASCADE,
        related_name="reverse_relations",
        verbose_name=_("document"),
    )

    panels: ClassVar[list[Panel]] = [FieldPanel("kind"), FieldPanel("target")]
