"""The site record: host and port in the site map, in feeds and in letters."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Site

from portal.home.models import HomePage
from portal.start.errors import StartError

PORTS = {"http": 80, "https": 443}
UNTOUCHED = ("localhost", 80)  # as Wagtail's own migration leaves it


def prepare_site(home: HomePage) -> bool:
    """The portal's site under `PORTAL_BASE_URL`; says whether anything had to be changed.

    Without the variable a site that stands is left alone: somebody may have set it in the admin.
    """
    site = Site.objects.filter(root_page=home).order_by("-is_default_site", "pk").first()
    address = settings.PORTAL_BASE_URL
    if not address and site is not None and (site.hostname, site.port) != UNTOUCHED:
        return False
    host, port = _parts(address or settings.WAGTAILADMIN_BASE_URL)
    if site is not None and (site.hostname, site.port) == (host, port):
        return False
    site = site or Site(root_page=home, site_name=home.title)
    if Site.objects.filter(hostname=host, port=port).exclude(pk=site.pk).exists():
        raise StartError(
            _("Another site already has the address %(host)s:%(port)s; change it in the admin.")
            % {"host": host, "port": port}
        )
    site.hostname, site.port = host, port
    site.site_name = site.site_name or home.title
    others = Site.objects.filter(is_default_site=True).exclude(pk=site.pk)
    site.is_default_site = site.is_default_site or not others.exists()
    site.save()
    return True


def _parts(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
