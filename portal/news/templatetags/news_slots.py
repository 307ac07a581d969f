"""The slot below an article as a tag, so that the page type need not know of it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.news import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def below_article(context: dict[str, Any]) -> list[SafeString]:
    """What higher rooms have to say below the page; nothing below a page that is not saved yet."""
    page = context["page"]
    return slots.rendered(context["request"], page) if page.pk else []
