"""What every template of the frame needs; built on first use, so that the admin pays nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import formats
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.home import sources
from portal.home.badge import Badge, badge_of
from portal.home.display import display_of
from portal.home.head import Head
from portal.home.pages import HomePage
from portal.home.tree import Tree, tree_of
from portal.home.visits import Figures, counter
from portal.jobs import clock

MOST_NOTICES = 5
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


@dataclass
class Frame:
    """Header, menu, notices, imprint, figures and display settings of one request."""

    request: HttpRequest

    @cached_property
    def tree(self) -> Tree:
        """The top of the page tree."""
        return tree_of(self.request)

    @property
    def home(self) -> HomePage | None:
        """The home page with the imprint; of a preview, the previewed one."""
        previewed: HomePage | None = getattr(self.request, "portal_home", None)
        return previewed or self.tree.home

    @cached_property
    def menu(self) -> list[dict[str, Any]]:
        """The home page's children that are shown in menus."""
        path = self.request.path
        return [
            {"title": page.title, "url": url, "current": path.startswith(url)}
            for page in self.tree.menu
            if (url := page.get_url(self.request))
        ]

    @property
    def today(self) -> str:
        """The date in words: `Thứ Ba, 24/11/2026`."""
        today = clock.today()
        return f"{WEEKDAYS[today.weekday()]}, {formats.date_format(today, 'd/m/Y')}"

    @cached_property
    def notices(self) -> list[Any]:
        """Notices that run now, urgent ones first."""
        return list(sources.items("notices", MOST_NOTICES))

    @cached_property
    def visits(self) -> Figures:
        """Page views as of the last flush."""
        return counter.figures()

    @cached_property
    def display(self) -> dict[str, str]:
        """Size and contrast of this reader."""
        size, contrast = display_of(self.request)
        return {"size": size, "contrast": contrast}

    @cached_property
    def crumbs(self) -> list[dict[str, str]]:
        """The way from the home page to this page, both included."""
        passed: list[Page] = getattr(self.request, "portal_crumbs", [])
        way = [self.tree.home, *passed] if self.tree.home else passed
        return [
            {"title": page.title, "url": page.get_url(self.request) or "/"}
            for page in way
            if page is not None
        ]

    @cached_property
    def languages(self) -> list[dict[str, Any]]:
        """This page in the portal's languages; the home page where there is no translation.

        `own` says that the address is that of the same page.
        """
        now = (get_language() or "vi").split("-")[0]
        passed = getattr(self.request, "portal_crumbs", [])
        own: dict[int, Page] = getattr(self.request, "portal_translations", {})
        return [
            {
                "code": home.locale.language_code,
                "title": home.locale.get_display_name(),
                "url": own.get(home.locale_id, home).get_url(self.request),
                "own": home.locale_id in own or (self._is_front and not passed),
                "current": home.locale.language_code == now,
            }
            for home in self.tree.homes
            if home.live
        ]

    @property
    def _is_front(self) -> bool:
        return getattr(self.request, "portal_home", None) is not None

    @cached_property
    def head(self) -> Head:
        """What the page says of itself to search engines and in previews."""
        return Head(self)

    @property
    def badge(self) -> Badge | None:
        """The trust badge of the imprint, kept on this host."""
        return badge_of(self.home)

    @cached_property
    def footer_links(self) -> list[dict[str, Any]]:
        """Pages that editors put into the footer: contact, accessibility, personal data."""
        return [
            {"title": page.title, "url": page.get_url(self.request)} for page in self.tree.in_footer
        ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values of the header and the footer."""

    def build() -> Frame:
        kept: Frame | None = getattr(request, "portal_frame", None)
        if kept is None:
            kept = Frame(request)
            request.portal_frame = kept  # type: ignore[attr-defined]
        return kept

    return {"frame": SimpleLazyObject(build)}
