"""The site, its home pages and their menus, in two queries a request.

Wagtail asks for the site, its root, the locale and the specific home page one after the other,
and once more for the addresses. Here they are read together and shared by routing and frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from portal.home import memo, roots
from portal.home.base import is_surely_open
from portal.home.component_pages import ComponentHomePage
from portal.home.pages import HomePage


@dataclass
class Tree:
    """What one request needs to know of the page tree's top."""

    site: Site | None
    roots: list[SiteRootPath]
    homes: list[HomePage]
    menus: dict[str, list[Page]] = field(default_factory=dict)
    component: ComponentHomePage | None = None
    footers: dict[str, list[Page]] = field(default_factory=dict)

    @property
    def home(self) -> HomePage | None:
        """The home page in the language of the request, else the first."""
        language = (get_language() or "vi").split("-")[0]
        fitting = [home for home in self.homes if home.locale.language_code == language]
        return next(iter([*fitting, *self.homes]), None)

    @property
    def menu(self) -> list[Page]:
        """The live children of the home page that are shown in menus."""
        return self.menus.get(self.home.path, []) if self.home else []

    @property
    def top(self) -> HomePage | ComponentHomePage | None:
        """Where the addresses of this host begin."""
        return self.component or self.home

    def canonical(self, path: str) -> str:
        """The whole address of a path of this host; a unit's pages stand on the unit's host."""
        if self.site is None:
            return path
        for root in self.roots:
            own = self._path_below(root)
            if own and f"{path}/".startswith(own):
                return f"{root.root_url}/{path.removeprefix(own)}"
        return f"{self.site.root_url}{path}"

    def _path_below(self, root: SiteRootPath) -> str:
        """The path in this site that is another site's root."""
        here = next((each for each in self.roots if self.site and each[0] == self.site.pk), None)
        if here is None or root.site_id == here.site_id:
            return ""
        inside = root.root_path.startswith(here.root_path)
        return f"/{root.root_path.removeprefix(here.root_path)}" if inside else ""

    @property
    def in_footer(self) -> list[Page]:
        """The live children of the home page that are linked in the footer."""
        return self.footers.get(self.home.path, []) if self.home else []


def tree_of(request: HttpRequest) -> Tree:
    """The tree of this request's host, read once for all requests between two changes."""
    kept: Tree | None = getattr(request, "portal_tree", None)
    if kept is None:
        host = request.get_host(), request.get_port()
        kept = memo.shared(request, ("tree", *host), partial(_read, request))
        request.portal_tree = kept  # type: ignore[attr-defined]
        request._wagtail_site = kept.site  # type: ignore[attr-defined]
        request._wagtail_cached_site_root_paths = kept.roots  # type: ignore[attr-defined]
        roots.learn(request, kept.roots)
    return kept


def _read(request: HttpRequest) -> Tree:
    sites = list(Site.objects.select_related("root_page"))
    tops = _tops([site.root_page.translation_key for site in sites])
    site = _site_for(request, sites)
    homes = [_home(page) for page in tops if hasattr(page, "homepage")]
    key = _key_above(site, homes)
    paths = [
        SiteRootPath(each.pk, page.url_path, each.root_url, page.locale.language_code)
        for each in sorted(sites, key=lambda one: not one.is_default_site)
        for page in tops
        if page.translation_key == each.root_page.translation_key
    ]
    paths.sort(key=lambda root: len(root.root_path), reverse=True)
    tree = Tree(site, paths, [home for home in homes if home.translation_key == key])
    tree.component = _component(site)
    for page in tops:
        if page.show_in_menus and page.live:
            tree.menus.setdefault(page.path[: -Page.steplen], []).append(page)
        if page.in_footer and page.live:
            tree.footers.setdefault(page.path[: -Page.steplen], []).append(page)
    return tree


def _key_above(site: Site | None, homes: list[HomePage]) -> Any:
    """The portal's home page that the site is rooted at, or below which a unit's site stands."""
    path = site.root_page.path if site else ""
    return next((home.translation_key for home in homes if path.startswith(home.path)), None)


def _component(site: Site | None) -> ComponentHomePage | None:
    """The unit whose own host was asked."""
    if site is None or site.root_page.specific_class is not ComponentHomePage:
        return None
    component: ComponentHomePage = site.root_page.specific
    return component


def _tops(keys: list[Any]) -> list[Page]:
    """The root pages of all sites in all languages, and what home pages have in menu and footer."""
    shown = Q(show_in_menus=True) | Q(standardpage__in_footer=True)
    wanted = Q(translation_key__in=keys) | Q(shown, live=True, depth=3)
    found = Page.objects.filter(wanted).select_related("homepage__badge_image", "locale")
    found = found.annotate(known_open=is_surely_open(), in_footer=F("standardpage__in_footer"))
    return list(found.order_by("path"))


def _home(page: Page) -> HomePage:
    """The home page out of the joined row, without asking again."""
    home: HomePage = page.homepage
    home.locale, home.known_open = page.locale, page.known_open
    return home


def _site_for(request: HttpRequest, sites: list[Site]) -> Site | None:
    """Wagtail's rule: host and port, then the default site of that host, then a single match."""
    host, port = request.get_host().rpartition(":")[0] or request.get_host(), request.get_port()
    named = [site for site in sites if site.hostname == host]
    exact = [site for site in named if str(site.port) == port]
    default = [site for site in sites if site.is_default_site]
    single = named if len(named) == 1 else []
    return next(iter([*exact, *[s for s in named if s.is_default_site], *single, *default]), None)
