"""Files that hang on pages, in the editor's order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Orderable, Page

from portal.home.models import PortalDocument


class Attachment(Orderable):
    """One file with the words of its link."""

    document = models.ForeignKey(
        PortalDocument, models.PROTECT, related_name="+", verbose_name=_("file")
    )
    label = models.CharField(_("label"), max_length=200, blank=True)

    panels: ClassVar[list[Panel]] = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        abstract = True

    @property
    def title(self) -> str:
        """The link's words: the label, else the file's own title."""
        return self.label or str(self.document.title)


class ArticleAttachment(Attachment):
    """A file of an article."""

    page = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="attachments")


class NoticeAttachment(Attachment):
    """A file of a notice."""

    page = ParentalKey("news.NoticePage", on_delete=models.CASCADE, related_name="attachments")


class DocumentFile(Attachment):
    """A file of an official document; the first one is the document itself."""

    page = ParentalKey("news.OfficialDocumentPage", on_delete=models.CASCADE, related_name="files")


_kinds: list[type[Attachment]] = [ArticleAttachment, NoticeAttachment, DocumentFile]


def register(model: type[Attachment]) -> None:
    """Files of pages of a higher room: as private as the pages they hang on."""
    _kinds.append(model)


def pages_with(document: PortalDocument) -> list[Page]:
    """The pages that a file hangs on, drafts included."""
    wanted = Q(pk__in=[])
    for kind in _kinds:
        wanted |= Q(pk__in=kind._default_manager.filter(document=document).values("page"))
    return list(Page.objects.filter(wanted))
