"""Own image and document models: neither can be changed once pages point at them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.home.positions import without_position
from search.files import digest_of


class PortalImage(AbstractImage):
    """A picture; the description is what a screen reader says, so the editor must write it."""

    file: Any
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file is kept without the position at which a phone took it.

        `file_hash` stays that of the file as it was handed in: that one is known again.
        """
        if self.file and not self.file._committed and (clean := without_position(self.file)):
            clean.name = self.file.name
            self.file = clean
            self.file_size = clean.size
        super().save(*args, **kwargs)


class PortalRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    # Pages fetch renditions together; Wagtail would write each into the cache at every view.
    cache_backend: ClassVar[BaseCache] = DummyCache("", {})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_of_image"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file for download; "official document" (văn bản) is a page, not this."""

    digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file brings its own SHA-256, under which its text is kept."""
        if self.file and not self.file._committed:
            self.digest = self._read_digest()
        super().save(*args, **kwargs)

    def known_digest(self) -> str:
        """The SHA-256 of the file; read and written down where a row is older than the column."""
        if not self.digest:
            self.digest = self._read_digest()
            type(self)._default_manager.filter(pk=self.pk).update(digest=self.digest)
        return self.digest

    def _read_digest(self) -> str:
        self.file.open("rb")
        digest = digest_of(self.file)
        self.file.seek(0)
        return digest


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


class ReadersNow(models.Model):
    """How many people a process has served in the last minutes: a number, nothing of a person."""

    process = models.UUIDField(primary_key=True)
    count = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.at}: {self.count}"


from portal.home.component_models import ComponentSite, NewsOffer  # noqa: E402
from portal.home.component_pages import ComponentHomePage, ComponentIndexPage  # noqa: E402
from portal.home.contact import ContactPage, LinksPage, PortalContact  # noqa: E402
from portal.home.form_pages import FormPage  # noqa: E402
from portal.home.guides import GuideIndexPage, GuidePage  # noqa: E402
from portal.home.leaders import LeaderIndexPage, LeaderPage  # noqa: E402
from portal.home.link_models import BrokenLink  # noqa: E402
from portal.home.organisation import (  # noqa: E402
    OrganisationIndexPage,
    OrganisationUnitPage,
    UnitContact,
)
from portal.home.pages import HomePage, StandardPage  # noqa: E402
from portal.home.schedule import ScheduleEntry, ScheduleIndexPage, ScheduleWeekPage  # noqa: E402

__all__ = [
    "BrokenLink",
    "CacheVersion",
    "ComponentHomePage",
    "ComponentIndexPage",
    "ComponentSite",
    "ContactPage",
    "FormPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "LeaderIndexPage",
    "LeaderPage",
    "LinksPage",
    "NewsOffer",
    "OrganisationIndexPage",
    "OrganisationUnitPage",
    "PortalContact",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "ScheduleEntry",
    "ScheduleIndexPage",
    "ScheduleWeekPage",
    "StandardPage",
    "UnitContact",
    "VisitDay",
]
