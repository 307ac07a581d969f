"""A page's row in lists, drawn once for all the lists that show it."""

from __future__ import annotations

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal.home import memo

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_row(context: Context, name: str, **shown: Page) -> SafeString:
    """`{% shared_row "components/document_row.html" document=document %}`.

    The row gets the page and the request alone, and is the same wherever the page is listed.
    """
    request = context.get("request")

    def draw() -> SafeString:
        return render_to_string(name, {"request": request, **shown})

    keys = [page.pk for page in shown.values()]
    if request is None or None in keys:
        return draw()
    return memo.shared(request, (name, *keys, *memo.place(request)), draw)
