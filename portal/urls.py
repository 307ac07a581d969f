"""Addresses of the portal (design section 6): short, Vietnamese, stable.

Pictures are public and served here unless a proxy does it before; other files go through `tep/`,
which asks for the rights of their collection.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.forms.inbox.first_page import first_page
from portal.home.urls import page_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/", first_page),
    path("quan-tri/", include(wagtailadmin_urls)),
    re_path(r"^media/(?P<path>images/.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("tep/", include(wagtaildocs_urls)),
    path("", include("search.urls")),
    path("", include("portal.dialogue.urls")),
    path("", include("portal.forms.urls")),
    path("", include("portal.home.urls")),
    *page_urlpatterns,
]

handler404 = "portal.home.views.not_found"
handler500 = "portal.home.views.broken"
