"""Comments, ratings, and whether a page takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

LONGEST_NAME = 80
LONGEST_COMMENT = 3000
STARS = (1, 2, 3, 4, 5)


@register_setting(icon="comment", order=900)
class DialogueSettings(BaseGenericSetting):
    """What the whole portal takes from the public."""

    comments_open = models.BooleanField(_("articles take comments"), default=True)
    ratings_open = models.BooleanField(_("articles can be rated"), default=True)

    panels = [FieldPanel("comments_open"), FieldPanel("ratings_open")]

    class Meta:
        verbose_name = _("comments and ratings")

    @classmethod
    def current(cls) -> DialogueSettings:
        """What holds now; reading never writes, other than Wagtail's `load()`."""
        return cls.objects.order_by("pk").first() or cls()


class Thread(models.Model):
    """What the public may do with one page, and the sums and comments that the page shows.

    `latest` holds the newest shown comments once more, so that a page needs no query of its own.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="+", verbose_name=_("page"))
    comments_open = models.BooleanField(_("takes comments"), default=True)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.PositiveIntegerField(default=0, editable=False)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    latest = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("public part of a page")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.page_id)

    @property
    def comments(self) -> list[dict[str, Any]]:
        """The newest shown comments, with their time."""
        return [{**row, "sent_at": datetime.fromisoformat(row["sent_at"])} for row in self.latest]

    @property
    def average(self) -> float | None:
        """Of all ratings, with one decimal; none without any."""
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None


class Comment(models.Model):
    """A comment on a page (ý kiến bình luận); shown once a moderator has approved it.

    The name is what the writer wants shown. Nothing else about the writer is kept.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting for a moderator")
        APPROVED = "approved", _("shown")
        REFUSED = "refused", _("refused")

    class Reason(models.TextChoices):
        """Why it is not shown."""

        OFF_TOPIC = "off_topic", _("does not belong to the subject of the page")
        OFFENSIVE = "offensive", _("insults or slanders")
        PERSONAL = "personal", _("tells personal data of somebody")
        ADVERTISING = "advertising", _("is advertising")
        REPEATED = "repeated", _("has been sent before")
        UNLAWFUL = "unlawful", _("breaks the law")

    page = models.ForeignKey(Page, models.CASCADE, related_name="+", verbose_name=_("page"))
    key = models.UUIDField(unique=True, editable=False)
    name = models.CharField(_("shown name"), max_length=LONGEST_NAME)
    text = models.TextField(_("text of the comment"), max_length=LONGEST_COMMENT)
    words = models.TextField(editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        verbose_name = _("comment from a reader")
        verbose_name_plural = _("comments from readers")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ()
        permissions = [("moderate_comment", _("Can moderate comments"))]
        indexes = [
            models.Index(fields=["page", "state", "-sent_at"]),
            models.Index(fields=["state", "-sent_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False),
                name="comment_decided_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.pk}"


class Rating(models.Model):
    """Stars from one browser (đánh giá): a random number in its cookie, kept as a blind value."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    voter = models.CharField(max_length=64)
    stars = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("rating")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "voter"], name="rating_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.stars}"
