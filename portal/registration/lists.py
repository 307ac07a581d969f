"""Published lists of poor and near-poor households (danh sách hộ nghèo, hộ cận nghèo).

The procedure asks for posting (niêm yết công khai) of the lists during the review (QĐ
24/2021/QĐ-TTg, Art. 4). A list holds of a person what must be posted and nothing more: the head's
full name, village, commune, class. It stands for a window; then the names go and the totals stay.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.areas.models import Unit, Village
from portal.areas.scope import ScopedModel

NAME_LENGTH = 100


class Classification(models.TextChoices):
    """Class of a household (NĐ 07/2021, Art. 3)."""

    POOR = "poor", _("poor household")
    NEAR_POOR = "near_poor", _("near-poor household")


class PublishedList(ScopedModel):
    """A list posted for a window, `[visible_from, visible_until)` (danh sách công khai).

    `unit` issued it; none means the province. `totals` is kept after the names are gone:
    `[{"code", "name", "poor", "near_poor"}]`, a row per commune. `version` is compared in every
    UPDATE, so that a form sent twice or from an old page changes nothing.
    """

    class State(models.TextChoices):
        """A withdrawn list never comes back; a new one is made."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(_("title"), max_length=200)
    title_key = models.CharField(max_length=200, editable=False, default="")
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("issuing unit")
    )
    official_document = models.ForeignKey(
        "news.OfficialDocumentPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official document"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    visible_from = models.DateTimeField(_("shown from"), null=True, blank=True)
    visible_until = models.DateTimeField(_("shown until"), null=True, blank=True)
    search_only = models.BooleanField(
        _("found by search only"),
        default=False,
        help_text=_("The page shows the totals; a name is found by search, not by browsing."),
    )
    demo_note = models.CharField(_("demo note"), max_length=200, blank=True)
    totals = models.JSONField(default=list, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("published list")
        verbose_name_plural = _("published lists")
        ordering = ["-created_at", "-pk"]
        permissions = [("publish_list", _("Can publish and withdraw lists"))]
        indexes = [models.Index(fields=["state", "visible_until"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(visible_from__isnull=False, visible_until__isnull=False),
                name="published_list_has_window",
            ),
            models.CheckConstraint(
                condition=Q(visible_until=None) | Q(visible_until__gt=F("visible_from")),
                name="published_list_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def runs_at(self, moment: datetime) -> bool:
        """Whether names may be shown now; the clock decides, the schedule only cleans up."""
        if self.state != self.State.PUBLISHED or not (self.visible_from and self.visible_until):
            return False
        return self.visible_from <= moment < self.visible_until

    def is_past(self, moment: datetime) -> bool:
        """Whether only its totals remain."""
        ended = bool(self.visible_until and self.visible_until <= moment)
        return self.state == self.State.WITHDRAWN or (self.state == self.State.PUBLISHED and ended)

    def total(self, classification: str) -> int:
        """Households of a class over all communes."""
        return sum(int(row[classification]) for row in self.totals)

    @property
    def total_poor(self) -> int:
        """Poor households."""
        return self.total(Classification.POOR)

    @property
    def total_near_poor(self) -> int:
        """Near-poor households."""
        return self.total(Classification.NEAR_POOR)


class ListEntry(ScopedModel):
    """One household of a list, by its head (chủ hộ); deleted when the list is withdrawn.

    `name_key` is the folded name by which officers find people inside a commune; `sort_key` puts
    people in order by given name. `village_key` names the village in an address.
    """

    unit_path: ClassVar[str] = "published_list__unit"

    published_list = models.ForeignKey(PublishedList, models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    head_name = models.CharField(_("head of household"), max_length=NAME_LENGTH)
    name_key = models.CharField(max_length=NAME_LENGTH)
    sort_key = models.CharField(max_length=400)
    village_text = models.CharField(_("village"), max_length=NAME_LENGTH)
    village_key = models.CharField(max_length=NAME_LENGTH)
    village = models.ForeignKey(Village, models.SET_NULL, null=True, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("commune"))
    classification = models.CharField(_("class"), max_length=10, choices=Classification)

    class Meta:
        verbose_name = _("household of a list")
        verbose_name_plural = _("households of a list")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["published_list", "position"], name="list_position")
        ]
        indexes = [
            models.Index(fields=["published_list", "commune", "village_key", "sort_key"]),
            models.Index(fields=["commune", "name_key"]),
        ]

    def __str__(self) -> str:
        return f"{self.published_list_id}/{self.position}"
