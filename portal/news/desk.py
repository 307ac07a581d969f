"""What the news room adds to the editors' dashboard."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.areas.models import User
from portal.home.desk import waiting
from portal.jobs import clock


def ending(user: User) -> QuerySet[Page]:
    """Notices whose last day is near."""
    today = clock.today()
    found = waiting.own_pages(user).filter(
        live=True,
        noticepage__valid_until__gte=today,
        noticepage__valid_until__lte=today + waiting.SOON,
    )
    return waiting.dated(found, F("noticepage__valid_until"))


def register() -> None:
    """Called once from the app's `ready()`."""
    waiting.register("thong-bao", _("Notices that end within a week"), _("Last day"), ending)
