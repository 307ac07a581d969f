"""Files that programs look for at a fixed address: list of pages, robots, security contact."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.home.base import is_open
from portal.home.tree import tree_of
from portal.jobs import clock

PER_FILE = 5000
VALID_FOR = timedelta(days=180)


class PageSitemap(Sitemap[Page]):
    """Every public page in every language, with its last change and its translations."""

    limit = PER_FILE

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.tops = [home for home in tree_of(request).homes if home.live]

    def items(self) -> Any:
        """The pages below the home pages, by the tree."""
        shown = Page.objects.none()
        for home in self.tops:
            shown = shown | Page.objects.descendant_of(home, inclusive=True)
        return shown.live().filter(is_open()).order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        spoken = self._spoken()
        for each in self.paginator.page(page).object_list:
            also = spoken.get(each.translation_key, [])
            entries = each.get_sitemap_urls(self.request)
            found += [{**entry, "alternates": also, "item": each} for entry in entries]
        return found

    def _spoken(self) -> dict[Any, list[dict[str, str]]]:
        """The addresses of pages that stand in more than one language."""
        codes = {home.locale_id: home.locale.language_code for home in self.tops}
        pages = Page.objects.live().filter(is_open(), locale__in=codes)
        keys = pages.values("translation_key").annotate(count=Count("pk")).filter(count__gt=1)
        spoken = defaultdict(list)
        for page in pages.filter(translation_key__in=keys.values("translation_key")):
            address = page.get_full_url(self.request) or ""
            one = {"lang_code": codes[page.locale_id], "location": address}
            spoken[page.translation_key].append(one)
        return spoken


class ViewSitemap(Sitemap[str]):
    """Addresses that are no pages of the tree, under the host of the site as pages are."""

    def __init__(self, request: HttpRequest) -> None:
        site = tree_of(request).site
        self.origin = site.root_url if site else request.build_absolute_uri("/")[:-1]

    def items(self) -> list[str]:
        """By the names of the views."""
        return ["site_map", "feeds"]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        return [{"location": f"{self.origin}{reverse(name)}"} for name in self.items()]


def _sections(request: HttpRequest) -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    return {"trang": PageSitemap(request), "muc": ViewSitemap(request)}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address in one file; a list of files once they are too many for one."""
    sections = _sections(request)
    if PageSitemap(request).paginator.num_pages > 1:
        answer: TemplateResponse = django_views.index(
            request, sections, sitemap_url_name="sitemap_part"
        )
        return answer
    whole: TemplateResponse = django_views.sitemap(request, sections)
    return whole


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """One of several files."""
    part: TemplateResponse = django_views.sitemap(request, _sections(request), section=section)
    return part


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where the list of pages is."""
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /hien-thi/",
        "Disallow: /tim-kiem",
        "Disallow: /en/tim-kiem",
        "Disallow: /bien-nhan/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a flaw (RFC 9116); nothing where the imprint names no address.

    The date of expiry moves on with the month: a file that nobody looks after would lapse.
    """
    home = tree_of(request).home
    email = (home.security_email or home.email) if home else ""
    if not email:
        raise Http404
    start = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {(start + VALID_FOR).isoformat()}",
        "Preferred-Languages: vi, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
