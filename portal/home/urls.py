"""Addresses of the site frame; the pages come last, they take what nobody else wants."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.urls import serve_pattern

from portal.home import display, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("hien-thi/", display.choose, name="display"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("suc-khoe/live", views.live, name="health_live"),
    path("suc-khoe/ready", views.ready, name="health_ready"),
]

# Wagtail's own addresses (password and login of restricted pages), its serving of pages apart.
_restricted = [each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"]

page_urlpatterns: list[URLPattern | URLResolver] = i18n_patterns(
    *_restricted,
    re_path(serve_pattern, views.serve, name="wagtail_serve"),
    prefix_default_language=False,
)
