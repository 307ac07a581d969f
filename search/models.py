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
    """The text of one file, found by the SHA-256 of its bytes, so that it is read once.

    `confidence` maps the number of a page that was recognised from a scan to 0..100; `scans_left`
    says whether others are still to be recognised (`search.reading.Left`).
    """

    digest = models.CharField(max_length=64, unique=True)
    reader = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12)
    page_count = models.PositiveIntegerField(default=0)
    sentence = models.CharField(max_length=300, blank=True)
    pages = models.JSONField(default=list)
    confidence = models.JSONField(default=dict)
    scans_left = models.CharField(max_length=8, blank=True)
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


class Abbreviation(models.Model):
    """A short form and what it stands for (chữ viết tắt); one short form may have several."""

    short = models.CharField(_("short form"), max_length=20)
    long = models.CharField(_("full words"), max_length=100)

    class Meta:
        verbose_name = _("abbreviation in search")
        verbose_name_plural = _("abbreviations in search")
        ordering = ["short", "long"]
        constraints = [models.UniqueConstraint(fields=["short", "long"], name="abbreviation_pair")]

    def __str__(self) -> str:
        return f"{self.short} = {self.long}"


class KnownTitle(models.Model):
    """Title and number of one entry, for completion and for "ý bạn là"; never of a household.

    The window is that of the entry, so that a withdrawn list is not suggested either.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    url = models.CharField(max_length=500)
    folded = models.CharField(max_length=400)
    weight = models.SmallIntegerField(default=0)
    date = models.DateField(null=True)
    visible_from = models.DateTimeField(null=True)
    visible_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("title known to search")
        verbose_name_plural = _("titles known to search")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="known_title_object")]

    def __str__(self) -> str:
        return self.title


class KnownWord(models.Model):
    """A word, or two words side by side, of known titles, as most of them write it."""

    folded = models.CharField(max_length=60, unique=True)
    written = models.CharField(max_length=60)
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("word known to search")
        verbose_name_plural = _("words known to search")

    def __str__(self) -> str:
        return self.written


class QueryCount(models.Model):
    """How often some words were looked for on a day, and how often nothing fitted them.

    The words have no digits and are no name; see `search.querylog`.
    """

    day = models.DateField()
    text = models.CharField(max_length=80)
    asked = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("query of visitors")
        verbose_name_plural = _("queries of visitors")
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="query_count_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"
