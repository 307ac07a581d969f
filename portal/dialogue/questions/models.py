"""Questions with their private part, their public part, and what happened to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.areas.models import Unit
from portal.areas.scope import ScopedModel
from portal.dialogue.questions.states import KIND_WORDS, State
from portal.news.models import Field
from portal.privacy.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField

LONGEST_TITLE = 150
LONGEST_QUESTION = 5000


class Question(ScopedModel):
    """A question to the authorities (câu hỏi).

    `private` holds what was sent: name, contact, title and text, one encrypted value that ends
    with `keep_until`. `title`, `text` and `answer` are the public wording, written by whoever
    answers. `unit` is the commune it was forwarded to; none means the province. `place` is what
    the question is about.
    """

    unit_path: ClassVar[str] = "unit"

    reference = models.CharField(_("reference"), max_length=15, unique=True)
    code = EncryptedTextField(null=True)
    key = models.UUIDField(unique=True, editable=False)
    private = EncryptedJSONField(null=True)
    show_name = models.BooleanField(_("the name may be shown"), default=False)
    field = models.ForeignKey(
        Field, models.PROTECT, null=True, related_name="+", verbose_name=_("field of work")
    )
    place = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("place")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("in charge")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    sent_at = models.DateTimeField(_("sent at"))
    agency = models.CharField(_("answering agency"), max_length=200, blank=True)
    title = models.CharField(_("published title"), max_length=LONGEST_TITLE, blank=True)
    text = models.TextField(_("published question"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True)
    shown_name = models.CharField(max_length=120, blank=True)
    words = models.TextField(editable=False, blank=True)
    slug = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    reason = models.TextField(_("reason of the refusal"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    keep_until = models.DateField(_("contact kept until"))
    erased_at = models.DateTimeField(_("erased at"), null=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "state", "-sent_at"]),
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["keep_until"], condition=Q(erased_at=None), name="question_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="question_slug"),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(slug="") & Q(published_at__isnull=False),
                name="question_published_with_address",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def kind_words(self) -> str:
        """Where it stands, for whoever asked."""
        return str(KIND_WORDS[State(self.state)])

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer to show to whoever asked."""
        return self.state in {State.ANSWERED, State.PUBLISHED}


class QuestionFile(models.Model):
    """A file that came with a question (tệp đính kèm), encrypted and at no public address.

    It lies in the row, so that it goes with the question and comes back with its backup. `name` is
    the sender's own and stays with the officers; `published` shows the file beside the answer.
    """

    class Kind(models.TextChoices):
        """By its content."""

        PDF = "pdf", "PDF"
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"

    MIME: ClassVar[dict[str, str]] = {
        Kind.PDF: "application/pdf",
        Kind.JPEG: "image/jpeg",
        Kind.PNG: "image/png",
    }
    ENDINGS: ClassVar[dict[str, str]] = {Kind.PDF: "pdf", Kind.JPEG: "jpg", Kind.PNG: "png"}

    question = models.ForeignKey(Question, models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4, choices=Kind)
    name = EncryptedTextField(null=True)
    size = models.PositiveIntegerField()
    content = EncryptedBytesField()
    published = models.BooleanField(_("everybody may see it"), default=False)

    class Meta:
        verbose_name = _("file of a question")
        verbose_name_plural = _("files of questions")
        default_permissions = ()
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_file_number")
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.number}"

    @property
    def mime(self) -> str:
        """For the header of the answer."""
        return self.MIME[self.kind]

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown in a page."""
        return self.kind != self.Kind.PDF

    @property
    def plain_name(self) -> str:
        """A name that tells nothing."""
        return f"tep-{self.number}.{self.ENDINGS[self.kind]}"


class QuestionEvent(models.Model):
    """What happened to a question (diễn biến); the note never tells who asked."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("done by"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event of a question")
        default_permissions = ()
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.state}"
