"""What the pages at the top of a site have in common: the portal's home, and a unit's own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from portal.home import columns
from portal.home.base import BasePage, is_surely_open
from portal.home.prepared import Prepared

LONGEST_PATH = 20


@Prepared
def _live_pages(*paths: str) -> QuerySet[Page]:
    """The live pages of these paths with their translations, and what the rooms want to know."""
    keys = Page.objects.filter(url_path__in=paths).values("translation_key")
    pages: QuerySet[Page] = Page.objects.live().filter(translation_key__in=keys)
    pages = pages.annotate(known_open=is_surely_open(), **columns.expressions())
    return pages.order_by(Length("url_path"))


class TopPage(BasePage):
    """A page that finds the pages below it in one query."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of a whole path at once; the rest belongs to a routable page.

        Wagtail asks once per level. Here one query takes the live page with the longest
        matching address; what is left of the path is its own business.
        """
        if not path_components:
            return super().route(request, path_components)
        if len(path_components) > LONGEST_PATH:
            raise Http404
        found, passed = self._pages_on_the_way(path_components)
        if not passed:
            raise Http404
        request.portal_translations = {  # type: ignore[attr-defined]
            page.locale_id: page
            for page in found
            if page.known_open and page.translation_key == passed[-1].translation_key
        }
        request.portal_crumbs = passed  # type: ignore[attr-defined]
        page = passed[-1].specific
        page.known_open = bool(passed[-1].known_open)
        columns.carry(passed[-1], page)
        if len(passed) > 1 and passed[-2].depth == page.depth - 1:
            page._cached_parent_obj = passed[-2]
        rest = path_components[page.url_path.count("/") - self.url_path.count("/") :]
        return self._route_inside(request, page, rest) if rest else page.route(request, [])

    def _pages_on_the_way(self, components: list[str]) -> tuple[list[Page], list[Page]]:
        """The pages on the way with their translations, and those on the way alone, by length."""
        paths = [
            self.url_path + "".join(f"{part}/" for part in components[: end + 1])
            for end in range(len(components))
        ]
        found = _live_pages(*paths)
        return found, [page for page in found if page.url_path in paths]

    def _route_inside(self, request: HttpRequest, page: Page, rest: list[str]) -> RouteResult:
        if not isinstance(page, RoutablePageMixin):
            raise Http404
        match = page.resolve_subpage("/" + "/".join(rest) + "/")
        request.routable_resolver_match = match  # type: ignore[attr-defined]
        return RouteResult(page, args=tuple(match))
