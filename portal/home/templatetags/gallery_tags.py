"""Renders a piece of the design as the page around it would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template

register = template.Library()


@register.simple_tag(takes_context=True)
def sample(context: Context, name: str, values: Mapping[str, Any]) -> str:
    """The template with the page's own context and the sample's values over it."""
    around = {str(key): value for key, value in context.flatten().items()}
    return get_template(name).render(around | dict(values))
