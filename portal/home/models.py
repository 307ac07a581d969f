"""Own image and document models: neither can be changed once pages point at them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture; the description is what a screen reader says, so the editor must write it."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class PortalRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_of_image"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file for download; "official document" (văn bản) is a page, not this."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")


class CacheVersion(models.Model):
    """The one row that all cached public pages depend on; raised in the writer's transaction."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)


class VisitDay(models.Model):
    """Page views of one day, written in batches; nothing of a visitor is kept."""

    day = models.DateField(primary_key=True)
    count = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


from portal.home.pages import HomePage, StandardPage  # noqa: E402

__all__ = [
    "CacheVersion",
    "HomePage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "StandardPage",
    "VisitDay",
]
