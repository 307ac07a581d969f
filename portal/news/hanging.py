"""Whether anything hangs on an article: read with its address, so that most ask for nothing."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from wagtail.models import Page

from portal.home import columns
from portal.news import models

NAME = "hanging"


def register() -> None:
    """Have it read with every page that an address finds."""
    columns.register(NAME, _hanging)


def may_have(page: Page, relation: str) -> bool:
    """Whether to ask for `attachments` or `documents`; yes for a page that came another way."""
    known = columns.of(page, NAME)
    return known is columns.MISSING or bool(known[relation])


def _hanging() -> JSONObject:
    attachments = models.ArticleAttachment.objects.filter(page=OuterRef("pk"))
    documents = models.ArticleDocument.objects.filter(page=OuterRef("pk"))
    return JSONObject(attachments=Exists(attachments), documents=Exists(documents))
