"""News: the index, its sections, the articles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from portal.home.base import BasePage, RoutableMixin
from portal.home.blocks import body_blocks
from portal.home.models import PortalImage
from portal.jobs import clock
from portal.news import article_texts, feeds, queries, tags
from portal.news.article_forms import ArticleForm
from portal.news.file_panel import FileStatesPanel
from portal.news.previews import PreviewsMixin, plain_render
from portal.news.readings import CountedMixin

PAGE_SIZE = 20


class NewsListPage(RoutableMixin, BasePage):
    """What the news index and a section have in common: a list in pages, and its feed."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The sections, and one page of the articles below this page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        paginator = Paginator(queries.articles_below(self), PAGE_SIZE)
        articles: Slice[Any] = paginator.get_page(request.GET.get("trang"))
        articles.object_list = queries.dressed(articles.object_list)
        sections = queries.sections_beside(self)
        return context | {"articles": articles, "paginator": paginator, "sections": sections}

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        """The newest articles as a feed."""
        return feeds.article_feed(request, self)


class NewsIndexPage(NewsListPage):
    """All news, by section (Tin tức)."""

    template = "news/news_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ComponentHomePage"]
    subpage_types: ClassVar[list[str]] = ["news.SectionPage"]

    class Meta:
        verbose_name = _("news index")

    @path("the/<str:slug>/", name="tag")
    def tag(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """The articles with a tag, newest first."""
        context = tags.list_context(request, tags.of_slug(slug), PAGE_SIZE)
        return plain_render(self, request, "news/tag_page.html", context)

    @path("the/<str:slug>/rss/", name="tag_rss")
    def tag_rss(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The same as a feed."""
        return feeds.tag_feed(request, self, tags.of_slug(slug))


class SectionPage(NewsListPage):
    """A section of the news (chuyên mục)."""

    template = "news/section_page.html"
    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = ["news.ArticlePage"]

    class Meta:
        verbose_name = _("section")


class ArticleTag(TaggedItemBase):
    """A tag on an article."""

    content_object = ParentalKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ArticlePage(CountedMixin, PreviewsMixin, BasePage):
    """One article (tin, bài)."""

    class Genre(models.TextChoices):
        """What the editor's office pays by (thể loại)."""

        NEWS = "tin", "tin"
        FEATURE = "bai", "bài"
        INTERVIEW = "phong-van", "phỏng vấn"
        PHOTOS = "anh", "phóng sự ảnh"
        TAKEN = "khai-thac", "tin khai thác lại"

    search_kind: ClassVar[str] = "article"
    template = "news/article_page.html"
    base_form_class = ArticleForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["views"]
    parent_page_types: ClassVar[list[str]] = ["news.SectionPage"]
    subpage_types: ClassVar[list[str]] = []

    lead = models.TextField(_("lead paragraph"), max_length=600, blank=True)
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)
    image = models.ForeignKey(
        PortalImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_caption = models.CharField(_("caption"), max_length=300, blank=True)
    image_credit = models.CharField(_("credit"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("date and time"), default=clock.now, db_index=True)
    genre = models.CharField(
        pgettext_lazy("article", "kind"), max_length=10, choices=Genre, default=Genre.NEWS
    )
    byline = models.CharField(
        _("byline"), max_length=200, blank=True, help_text=_("As printed: “Tin, ảnh: Thu Hương”")
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Whom it was taken from, without “Theo”"),
    )
    words = models.PositiveIntegerField(default=0, editable=False)
    views = models.PositiveIntegerField(default=0, editable=False)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("published_at"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_caption"), FieldPanel("image_credit")],
            _("Lead picture"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("genre"),
                FieldRowPanel([FieldPanel("byline"), FieldPanel("source")]),
                FieldPanel("tags"),
            ],
            _("Origin"),
        ),
        InlinePanel("attachments", label=_("Attachment")),
        FileStatesPanel("attachments"),
        InlinePanel("documents", label=_("Official document")),
    ]

    class Meta:
        verbose_name = _("article")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What stands around an article."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | article_texts.shown(request, self, queries.around_article(request, self))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Words are counted when they are written: a year's statistics read no text."""
        self.words = article_texts.count_words(self)
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """An older text comes back, the readers since then stay."""
        restored = super().with_content_json(content)
        restored.views = self.views
        return restored

    @property
    def views_shown(self) -> str:
        """How often it was read, with its thousands parted."""
        return formats.number_format(self.views, force_grouping=True)

    @property
    def authors(self) -> list[str]:
        """The persons of the byline: `Tin, ảnh: Thu Hương – Minh Khôi` has two."""
        return article_texts.authors_in(self.byline)

    @property
    def signature(self) -> str:
        """The byline and the source as printed below the text."""
        return article_texts.signature(self.byline, self.source)


class ArticleDocument(Orderable):
    """An official document that an article is about."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "news.OfficialDocumentPage",
        models.CASCADE,
        related_name="articles",
        verbose_name=_("official document"),
    )

    panels: ClassVar[list[Panel]] = [FieldPanel("document")]
