"""What search keeps in the main database: the outbox, the text of files, the last sweep."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxRow(models.Model):
    """One object that search must look at again; a row per object, kept with its counter.

    `version` is raised in the writer's transaction, under the row's lock, so that changes of one
    object are ordered. The worker reads today's state, never a payload, and writes it under the
    version it saw; `done` is the last version that reached the index. The row outlives its object
    as the counter of its tombstone and goes with it.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    version = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    waiting = models.BooleanField(default=False)
    live = models.BooleanField(default=False)
    queued_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt = models.DateTimeField(null=True)
    shelved = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("search outbox row")
        verbose_name_plural = _("search outbox rows")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="outbox_object")]
        indexes = [
            models.Index(
                fields=["queued_at"], name="outbox_waiting", condition=models.Q(waiting=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}@{self.version}"


class FileText(models.Model):
    """The text of one file, found by the SHA-256 of its bytes, so that it is read once."""

    digest = models.CharField(max_length=64, unique=True)
    reader = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12)
    page_count = models.PositiveIntegerField(default=0)
    sentence = models.CharField(max_length=300, blank=True)
    pages = models.JSONField(default=list)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.state}"


class SearchMoment(models.Model):
    """When something last happened to the index: a sweep, a rebuild, an outage."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("search event")
        verbose_name_plural = _("search events")

    def __str__(self) -> str:
        return self.name
