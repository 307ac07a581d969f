"""The nightly look at all links of public pages; no other host is ever asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from portal.home.link_models import BrokenLink
from portal.home.link_reading import Link, links_of
from portal.home.models import HomePage, PortalDocument
from portal.jobs import clock, registry

CHUNK = 200
Reason = BrokenLink.Reason
_url, _mail = URLValidator(schemes=["http", "https"]), EmailValidator()


@dataclass
class Checker:
    """One round; what was asked once is not asked again."""

    hosts: set[str] = field(default_factory=set)
    home: HomePage | None = None
    known: dict[str, Reason | None] = field(default_factory=dict)

    @classmethod
    def ready(cls) -> Checker:
        """With the portal's own hosts, whose addresses are looked up like its paths."""
        root = HomePage.objects.filter(locale__language_code="vi").order_by("path").first()
        return cls(set(Site.objects.values_list("hostname", flat=True)), root)

    def faults(self, pages: list[Page]) -> list[BrokenLink]:
        """The broken links of these pages: two queries for all links by number."""
        found = [(page, link) for page in pages for link in links_of(page)]
        self._learn(link for _page, link in found)
        return [
            BrokenLink(
                page_id=page.pk,
                words=link.words[:200],
                address=_shown(link)[:500],
                reason=reason,
                found_at=clock.now(),
            )
            for page, link in found
            if (reason := self._reason(link)) is not None
        ]

    def _learn(self, links: Iterable[Link]) -> None:
        wanted: dict[str, set[int]] = {"page": set(), "document": set()}
        for link in links:
            if link.kind in wanted and link.target.isdecimal():
                wanted[link.kind].add(int(link.target))
        live = dict(Page.objects.filter(pk__in=wanted["page"]).values_list("pk", "live"))
        files = set(
            PortalDocument.objects.filter(pk__in=wanted["document"]).values_list("pk", flat=True)
        )
        for pk in wanted["page"]:
            gone = Reason.PAGE_GONE if pk not in live else Reason.PAGE_HIDDEN
            self.known[f"page {pk}"] = None if live.get(pk) else gone
        for pk in wanted["document"]:
            self.known[f"document {pk}"] = None if pk in files else Reason.FILE_GONE

    def _reason(self, link: Link) -> Reason | None:
        if link.kind != "address":
            gone = Reason.PAGE_GONE if link.kind == "page" else Reason.FILE_GONE
            return self.known.get(f"{link.kind} {link.target}", gone)
        if link.target not in self.known:
            self.known[link.target] = self._of_address(link.target)
        return self.known[link.target]

    def _of_address(self, address: str) -> Reason | None:
        if address.startswith("#"):
            return None
        try:
            parts = urlsplit(address)
            return self._of_parts(address, parts.scheme, parts.hostname or "", parts.path)
        except (ValueError, ValidationError):
            return Reason.MALFORMED

    def _of_parts(self, address: str, scheme: str, host: str, path: str) -> Reason | None:
        if scheme == "mailto":
            _mail(unquote(path))
        elif scheme in {"http", "https"} and host not in self.hosts:
            _url(address)
        elif scheme in {"http", "https"} or (not scheme and path.startswith("/")):
            return None if self._leads_somewhere(unquote(path) or "/") else Reason.NOT_FOUND
        elif scheme != "tel":
            return Reason.MALFORMED
        return None

    def _leads_somewhere(self, path: str) -> bool:
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name != "wagtail_serve":
            return self._file_stands(match.url_name, match.kwargs)
        if self.home is None or path.startswith("/en/"):
            return True
        try:
            self.home.route(HttpRequest(), [part for part in path.split("/") if part])
        except Http404:
            return False
        return True

    def _file_stands(self, name: str | None, values: dict[str, object]) -> bool:
        if name != "wagtaildocs_serve":
            return True
        stands: bool = PortalDocument.objects.filter(pk=str(values.get("document_id"))).exists()
        return stands


def _shown(link: Link) -> str:
    return link.target if link.kind == "address" else f"{link.kind} {link.target}"


def check_links() -> int:
    """Look at all public pages anew, some at a time; gives how many links are broken."""
    checker, total, last = Checker.ready(), 0, ""
    while True:
        rows = Page.objects.live().filter(path__gt=last).order_by("path")[:CHUNK]
        pages = list(rows.specific())
        if not pages:
            break
        last = pages[-1].path
        faults = checker.faults(pages)
        with transaction.atomic():
            BrokenLink.objects.filter(page__in=[page.pk for page in pages]).delete()
            BrokenLink.objects.bulk_create(faults)
        total += len(faults)
    BrokenLink.objects.filter(page__live=False).delete()
    return total


def register() -> None:
    """Once a day, by whichever worker comes first."""
    registry.register_schedule("broken_links", check_links, every=timedelta(days=1))
