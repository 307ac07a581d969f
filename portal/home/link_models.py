"""Links of public pages that lead nowhere, as the nightly check found them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.jobs import clock


class BrokenLink(models.Model):
    """One link of one page (liên kết hỏng)."""

    class Reason(models.TextChoices):
        """Why it leads nowhere."""

        PAGE_GONE = "page_gone", _("the page is gone")
        PAGE_HIDDEN = "page_hidden", _("the page is not published")
        FILE_GONE = "file_gone", _("the file is gone")
        NOT_FOUND = "not_found", _("there is nothing at this address of the portal")
        MALFORMED = "malformed", _("this is no web address")

    page = models.ForeignKey(Page, models.CASCADE, related_name="broken_links")
    words = models.CharField(_("words of the link"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=500)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    found_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("broken link")
        ordering = ["page__path", "pk"]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_reason_display()}"
