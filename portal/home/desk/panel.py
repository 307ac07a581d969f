"""“Việc chờ tôi” on the dashboard: a number for each kind, each leading to its list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.areas.models import User
from portal.home import component_offers
from portal.home.component_models import NewsOffer
from portal.home.desk import waiting
from portal.home.desk.frame import edits_pages
from portal.home.link_models import BrokenLink


class WaitingPanel(Component):
    """Numbers only; the lists are a click away. Pages are counted for those whose work they are."""

    name = "portal_waiting"
    template_name = "home/admin/waiting_panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """One query a kind, and those of the rights."""
        user = parent_context["request"].user
        pages = edits_pages(user)
        rows = _of_pages(user) if pages else []
        rows += [
            {"label": count.label, "count": waits, "url": reverse(count.view)}
            for count, waits in waiting.counts(user)
        ]
        return {"rows": rows, "pages": pages}


def _of_pages(user: User) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "label": kind.label,
            "count": kind.pages(user).order_by().count(),
            "url": reverse("home_waiting", args=[kind.name]),
        }
        for kind in waiting.kinds().values()
    ]
    if component_offers.answers(user):
        waits = NewsOffer.objects.filter(state=NewsOffer.State.WAITING).count()
        label = _("News offered by units")
        rows.append({"label": label, "count": waits, "url": reverse("home_offers")})
    own = BrokenLink.objects.filter(page__in=waiting.own_pages(user).values("pk"))
    label = _("Broken links")
    return [*rows, {"label": label, "count": own.count(), "url": reverse("home_broken_links")}]
