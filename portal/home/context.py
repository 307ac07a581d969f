"""What every template of the frame needs; built on first use, so that the admin pays nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import formats
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.home import memo, sources
from portal.home.badge import Badge, badge_of
from portal.home.component_frame import Imprint, component_of, imprint_of, menu_of
from portal.home.component_pages import ComponentHomePage
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

    @property
    def component(self) -> ComponentHomePage | None:
        """The unit whose own site this is; of the portal's own pages, none."""
        return self.tree.component or component_of(self.request)

    @property
    def imprint(self) -> Imprint:
        """What the footer says of who answers for the page."""
        return imprint_of(self.home, self.component)

    @property
    def title(self) -> str:
        """What stands large in the header and behind each page's title."""
        home = self.component or self.home
        return str(home.title) if home else ""

    @property
    def portal_name(self) -> str:
        """The portal's own name, whosever site this is."""
        return str(self.home.portal_name or self.home.title) if self.home else ""

    @cached_property
    def portal_url(self) -> str:
        """The way back to the province, from another host too."""
        return (self.home.get_url(self.request) if self.home else None) or "/"

    @cached_property
    def top_url(self) -> str:
        """Where the name in the header leads."""
        own = self.component.get_url(self.request) if self.component else None
        return own or self.portal_url

    @property
    def canonical(self) -> str:
        """The one address of the page: on the unit's own host where it has one."""
        return self.tree.canonical(self.request.path)

    @cached_property
    def menu(self) -> list[dict[str, Any]]:
        """The home page's children that are shown in menus; a unit's own in its site."""
        key = ("menu", self.component.pk if self.component else None, *memo.place(self.request))
        path = self.request.path
        return [
            {"title": title, "url": url, "current": path.startswith(url)}
            for title, url in memo.shared(self.request, key, self._entries)
        ]

    def _entries(self) -> list[tuple[str, str]]:
        """Title and address of each; a page without an address is left out."""
        pages = menu_of(self.component) if self.component else self.tree.menu
        found = [(page.title, page.get_url(self.request)) for page in pages]
        return [(title, url) for title, url in found if url]

    @property
    def today(self) -> str:
        """The date in words: `Thứ Ba, 24/11/2026`."""
        today = clock.today()
        return f"{WEEKDAYS[today.weekday()]}, {formats.date_format(today, 'd/m/Y')}"

    @cached_property
    def notices(self) -> list[Any]:
        """Notices that run now, urgent ones first; in a unit's site with its own.

        They are written in Vietnamese: pages in another language carry the urgent ones alone.
        """
        found = sources.shared(self.request, "notices", MOST_NOTICES)
        if get_language() not in (None, "vi"):
            return [notice for notice in found if notice.urgent]
        if self.component:
            own = sources.shared(self.request, "notices", MOST_NOTICES, self.component.path)
            found = sorted([*found, *own], key=lambda notice: not notice.urgent)
        return found[:MOST_NOTICES]

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
        top = self.tree.component or self.tree.home
        way = [top, *passed] if top else passed
        return [
            {"title": page.title, "url": page.get_url(self.request) or "/"}
            for page in way
            if page is not None
        ]

    @cached_property
    def languages(self) -> list[dict[str, Any]]:
        """This page in the portal's languages; the home page where there is no translation.

        `own` says that the address is that of the same page; `further` leads from there to where a
        form that is under way is taken up again.
        """
        now = (get_language() or "vi").split("-")[0]
        passed = getattr(self.request, "portal_crumbs", [])
        own: dict[int, Page] = getattr(self.request, "portal_translations", {})
        further: str = getattr(self.request, "portal_elsewhere", "")
        return [
            {
                "code": home.locale.language_code,
                "title": home.locale.get_display_name(),
                "url": own.get(home.locale_id, home).get_url(self.request),
                "further": further if home.locale_id in own else "",
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
    def footer(self) -> SafeString:
        """The foot of the page, the same under all pages of a site; of a preview, its own."""
        if self.home is not self.tree.home:
            return self._foot()
        component = self.component.pk if self.component else None
        key = ("foot", component, self.visits, *memo.place(self.request))
        return memo.shared(self.request, key, self._foot)

    def _foot(self) -> SafeString:
        return render_to_string("components/footer.html", {"frame": self})

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
