"""The back office of the room: the editors' list of abbreviations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Abbreviation


class AbbreviationViewSet(SnippetViewSet):
    """Who has the permission adds and changes; searches follow within half a minute."""

    model = Abbreviation
    icon = "bold"
    menu_label = _("Abbreviations in search")
    menu_name = "search-abbreviations"
    menu_order = 520
    add_to_admin_menu = True
    list_display = ("short", "long")
    search_fields = ("short", "long")
    ordering = ("short", "long")
    list_per_page = 100
    panels = (
        HelpPanel(content=_("A short form may stand more than once, for each of its meanings.")),
        FieldPanel("short"),
        FieldPanel("long"),
    )


register_snippet(AbbreviationViewSet)
