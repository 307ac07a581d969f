"""What stands behind component sites, and the news that they offer to the province."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Collection, Page, Site

from portal.jobs import clock


class ComponentSite(models.Model):
    """What was made for a component site: its group of editors, its files, its host's record.

    Apart from the page, whose older revisions would bring back older values when published.
    """

    page = models.OneToOneField(
        "home.ComponentHomePage", models.CASCADE, related_name="made", verbose_name=_("page")
    )
    editors = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="+")
    collection = models.ForeignKey(Collection, models.SET_NULL, null=True, related_name="+")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.page_id)


class NewsOffer(models.Model):
    """A page that a unit offers to the province (đề nghị đăng lên Cổng tỉnh)."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waiting for an answer")
        TAKEN = "taken", pgettext_lazy("offered news", "taken over")
        DECLINED = "declined", _("declined")

    page = models.ForeignKey(Page, models.CASCADE, related_name="offers")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    note = models.CharField(_("note"), max_length=300, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    offered_at = models.DateTimeField(default=clock.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    taken_as = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("offered news")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(state="waiting"), name="one_open_offer_of_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_state_display()}"
