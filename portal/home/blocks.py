"""Building blocks of page bodies and of the home page."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from portal.home import cards, sources

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class ImageBlock(blocks.StructBlock):
    """A picture with its caption and who took it."""

    image = ImageChooserBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)
    credit = blocks.CharBlock(label=_("credit"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "home/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(label=_("text"))
    source = blocks.CharBlock(label=_("source"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "home/blocks/quote.html"


class FileBlock(blocks.StructBlock):
    """A file for download within the text."""

    document = DocumentChooserBlock(label=_("file"))
    label = blocks.CharBlock(label=_("label"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "home/blocks/file.html"


class StartFormBlock(blocks.StructBlock):
    """“Bắt đầu kê khai”: leads from any page into a form."""

    page = blocks.PageChooserBlock(label=_("page with a form"), page_type="home.FormPage")
    text = blocks.TextBlock(label=_("text"), required=False, max_length=240)
    link_text = blocks.CharBlock(label=_("link text"), required=False, max_length=60)

    class Meta:
        icon = "form"
        label = _("Begin a form")
        template = "home/blocks/start_form.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of every long text."""
    return [
        (
            "heading",
            blocks.CharBlock(label=_("Heading"), icon="title", template="home/blocks/heading.html"),
        ),
        (
            "paragraph",
            blocks.RichTextBlock(
                label=_("Paragraph"),
                features=TEXT_FEATURES,
                icon="pilcrow",
                template="home/blocks/paragraph.html",
            ),
        ),
        ("image", ImageBlock()),
        ("table", TableBlock(label=_("Table"), template="home/blocks/table.html")),
        ("quote", QuoteBlock()),
        ("file", FileBlock()),
        ("start_form", StartFormBlock()),
    ]


class ServiceBlock(blocks.StructBlock):
    """One of the large services: where most people want to go."""

    icon = blocks.ChoiceBlock(
        label=_("icon"),
        choices=[
            ("household", _("household")),
            ("search", _("search")),
            ("labour", _("labour")),
            ("document", _("document")),
            ("question", _("question")),
        ],
        default="document",
    )
    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.TextBlock(label=_("text"), required=False, max_length=240)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.CharBlock(label=_("web address"), required=False, max_length=300)
    link_text = blocks.CharBlock(label=_("link text"), required=False, max_length=60)

    class Meta:
        icon = "pick"
        label = _("Service")


class ServicesBlock(blocks.StructBlock):
    """The large services in the first screen of the home page."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    services = blocks.ListBlock(ServiceBlock(), label=_("services"), min_num=1, max_num=6)

    class Meta:
        icon = "pick"
        label = _("Services")
        template = "home/blocks/services.html"


class LeadNewsBlock(blocks.StructBlock):
    """The lead story and the newest articles beside it."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    most = blocks.IntegerBlock(label=_("how many"), default=5, min_value=1, max_value=12)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Newest articles")
        template = "home/blocks/lead_news.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The newest articles; the newest with a picture is the lead story and stands first."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        newest = sources.shared(context.get("request"), "articles", int(value.get("most") or 5))
        lead = next((article for article in newest if article.image), None)
        beside = [each for each in newest if each is not lead]
        return context | {"articles": [lead, *beside] if lead else newest}


class NewestDocumentsBlock(blocks.StructBlock):
    """The newest official documents."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    most = blocks.IntegerBlock(label=_("how many"), default=6, min_value=1, max_value=12)

    class Meta:
        icon = "doc-full"
        label = _("Newest official documents")
        template = "home/blocks/newest_documents.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The documents, newest first."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        shown = sources.shared(context.get("request"), "documents", value["most"] or 6)
        return context | {"documents": shown}


class CardsValue(blocks.StructValue):
    """The block's value, which knows the column it stands in."""

    @cached_property
    def wide(self) -> bool:
        """Whether one of the cards is too wide for the side column."""
        return cards.has_wide(list(self.get("names") or []))


class CardsBlock(blocks.StructBlock):
    """Cards that other rooms offer (`portal.home.cards`)."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    names = blocks.MultipleChoiceBlock(label=_("cards"), choices=cards.choices, required=False)

    class Meta:
        icon = "table"
        label = _("Cards")
        template = "home/blocks/cards.html"
        value_class = CardsValue

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The rendered cards, in the editor's order."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        shown = cards.rendered(request, list(value.get("names") or [])) if request else []
        return context | {"cards": shown}


class LinkBlock(blocks.StructBlock):
    """A link to a page of the portal or elsewhere."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.CharBlock(label=_("web address"), required=False, max_length=300)


class LinksBlock(blocks.StructBlock):
    """A list of links."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "link"
        label = _("Links")
        template = "home/blocks/links.html"


def home_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of the home page."""
    return [
        ("services", ServicesBlock()),
        ("lead_news", LeadNewsBlock()),
        ("newest_documents", NewestDocumentsBlock()),
        ("cards", CardsBlock()),
        ("links", LinksBlock()),
        ("start_form", StartFormBlock()),
        (
            "rich_text",
            blocks.RichTextBlock(
                label=pgettext_lazy("block", "Text"),
                features=TEXT_FEATURES,
                icon="pilcrow",
                template="home/blocks/paragraph.html",
            ),
        ),
    ]
