"""A person whom people may turn to, as units and the contact page name them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.models import Orderable


class ContactPerson(Orderable):
    """A contact officer (cán bộ đầu mối) with post, telephone and official e-mail."""

    name = models.CharField(_("full name"), max_length=120)
    post = models.CharField(_("post"), max_length=160)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("post")]),
        FieldRowPanel([FieldPanel("telephone"), FieldPanel("email")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name
