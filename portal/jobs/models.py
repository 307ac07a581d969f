"""Jobs and the schedule as rows, so that they survive a kill and can be looked at."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Results hold personal data at times: no address serves them."""
    return storages["private"]


class Job(models.Model):
    """Long work: who asked, how far it is, what came out, what went wrong.

    `cursor` is whatever the function needs to go on after a kill; it is saved together with the
    progress. `error` is a plain sentence for the owner.
    """

    class State(models.TextChoices):
        """A running job whose heartbeat stopped is queued again."""

        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("kind"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    params = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("total"), null=True)
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    result_file = models.FileField(storage=private_storage, upload_to="jobs", blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    created = models.DateTimeField()
    started = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["state", "heartbeat"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ScheduledRun(models.Model):
    """When something on the schedule last began; claimed by the worker that runs it."""

    name = models.CharField(max_length=80, unique=True)
    last_run = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("scheduled run")
        verbose_name_plural = _("scheduled runs")

    def __str__(self) -> str:
        return self.name
