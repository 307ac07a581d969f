"""Addresses of the portal (design section 6): short, Vietnamese, stable."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.home.urls import page_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
    path("", include("search.urls")),
    path("", include("portal.home.urls")),
    *page_urlpatterns,
]

handler404 = "portal.home.views.not_found"
handler500 = "portal.home.views.broken"
