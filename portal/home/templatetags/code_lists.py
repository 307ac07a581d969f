"""What the list of a code list offers beside its rows."""

from __future__ import annotations

from django import template
from django.template import Context

from portal.tables import code_lists

register = template.Library()


@register.simple_tag(takes_context=True)
def may_import(context: Context, name: str) -> bool:
    """Whether this person may read a file into the list: nobody is led to a closed door."""
    table = code_lists.get(name)
    return table is not None and table.may_load(context["request"].user)
