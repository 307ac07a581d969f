"""What is kept beside a list: files on their way into it, and what happened to it."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.areas.scope import ScopedModel, ScopedQuerySet
from portal.privacy.append_only import AppendOnlyModel, AppendOnlyQuerySet
from portal.registration.lists import PublishedList
from portal.registration.storage import PrivateStorage

M = TypeVar("M", bound=models.Model)


class ListImport(ScopedModel):
    """A file on its way into a list, kept in private storage until the list is withdrawn.

    `preview` holds totals and the first masked rows of a file that waits to replace the rows of
    a list already published; it is emptied when that is decided. `errors` and `warnings` are
    `[{"sheet", "row", "column", "message"}]` and never repeat a name.
    """

    class State(models.TextChoices):
        """What became of the file."""

        CHECKING = "checking", _("being checked")
        REFUSED = "refused", _("refused: errors in rows")
        READY = "ready", _("waiting for a decision")
        APPLIED = "applied", _("taken over")
        DROPPED = "dropped", _("dropped")

    unit_path: ClassVar[str] = "published_list__unit"

    published_list = models.ForeignKey(PublishedList, models.CASCADE, related_name="imports")
    upload = models.FileField(
        storage=PrivateStorage(), upload_to="registration/lists", blank=True, max_length=200
    )
    file_name = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKING)
    rows = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    preview = models.JSONField(default=dict)
    job = models.PositiveBigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("import of a list")
        verbose_name_plural = _("imports of lists")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.published_list_id}: {self.pk}"


class ListEventQuerySet(AppendOnlyQuerySet[M], ScopedQuerySet[M]):  # type: ignore[override]
    """Append-only, and seen by area."""


class ListEvent(AppendOnlyModel):
    """What happened to a list; written once, names nobody on the list."""

    class Action(models.TextChoices):
        """The services' verbs."""

        CREATED = "created", _("created")
        IMPORTED = "imported", _("imported")
        PUBLISHED = "published", _("published")
        EXTENDED = "extended", _("window changed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    unit_path: ClassVar[str] = "published_list__unit"
    village_path: ClassVar[str | None] = None

    published_list = models.ForeignKey(PublishedList, models.PROTECT, related_name="events")
    action = models.CharField(_("action"), max_length=10, choices=Action)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    totals = models.JSONField(default=dict)
    sentence = models.CharField(_("sentence"), max_length=300, blank=True)

    objects = ListEventQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("event of a list")
        verbose_name_plural = _("events of lists")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.published_list_id}: {self.action}"
