"""Addresses of an older portal: found by path and number, led on to hosts of the state alone.

Wagtail's table and its pages in the back office are used as they are; what is added is that
`/vi/post/<slug>?id=12&type=NEWS` is known by its path and its number, whatever else a link that
was shared carries behind it, and that nothing in the table leads away from the state.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db.models import Q
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from portal.home.tree import tree_of

OWN_PARAMETERS = ("id", "type")
STATE_DOMAIN = ".gov.vn"
LONGEST = 255
_FORBIDDEN = frozenset("\x00\r\n\t\\")


def normal(address: str) -> str:
    """An old address as the table holds it: path, sorted parameters, Vietnamese letters as such."""
    bare = "".join(letter for letter in address if letter not in "\x00\r\n\t")
    return str(Redirect.normalise_path(bare))


def ways_to_write(address: str) -> list[str]:
    """The address as it was asked, then with its own parameters, its number, and without any."""
    whole = normal(address)
    path, _mark, query = whole.partition("?")
    own = [(name, value) for name, value in parse_qsl(query) if name in OWN_PARAMETERS]
    number = [pair for pair in own if pair[0] == "id"]
    tried = [whole, *(f"{path}?{urlencode(sorted(part))}" for part in (own, number) if part), path]
    return [way for way in dict.fromkeys(tried) if len(way) <= LONGEST]


def is_safe(address: str, own_hosts: Iterable[str]) -> bool:
    """A path of this portal, or an http address on an own host or one of the state."""
    if not address or _FORBIDDEN.intersection(address) or address.startswith("//"):
        return False
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return address.startswith("/")
    known = host in set(own_hosts) or host.endswith(STATE_DOMAIN)
    return parts.scheme in {"http", "https"} and known and "@" not in parts.netloc


def own_hosts(request: HttpRequest | None = None) -> set[str]:
    """The hosts of all sites, and the one that was asked."""
    hosts = set(Site.objects.values_list("hostname", flat=True))
    if request is not None:
        hosts.add(request.get_host().rpartition(":")[0] or request.get_host())
    return hosts


class OldAddressMiddleware(MiddlewareMixin):
    """Answers a 404 with the new address, where the table knows one."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Only what nobody else has answered; the back office is left alone."""
        if response.status_code != 404 or request.path_info.startswith("/quan-tri/"):
            return response
        target = new_address(request)
        if target is None:
            return response
        address, for_good = target
        kind = HttpResponsePermanentRedirect if for_good else HttpResponseRedirect
        return kind(address)


def new_address(request: HttpRequest) -> tuple[str, bool] | None:
    """Where an old address leads, and whether for good; never back to itself."""
    ways = ways_to_write(request.get_full_path())
    found = _row_for(request, ways)
    if found is None or (found.redirect_page and not found.redirect_page.live):
        return None
    address = found.link
    if not address or not is_safe(address, own_hosts(request)):
        return None
    leads_here = normal(urlsplit(address)._replace(scheme="", netloc="").geturl())
    return None if leads_here in ways[:1] else (address, found.is_permanent)


def _row_for(request: HttpRequest, ways: list[str]) -> Redirect | None:
    """The row of the first way that stands; one of the own site before one of all."""
    site = tree_of(request).site
    rows = Redirect.objects.filter(Q(site=site) | Q(site=None), old_path__in=ways)
    rows = rows.select_related("redirect_page")
    return min(rows, key=lambda row: (ways.index(row.old_path), row.site_id is None), default=None)
