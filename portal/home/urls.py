"""Addresses of the site frame; the pages come last, they take what nobody else wants."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path
from wagtail.urls import serve_pattern

from portal.home import display, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("hien-thi/", display.choose, name="display"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("suc-khoe/live", views.live, name="health_live"),
    path("suc-khoe/ready", views.ready, name="health_ready"),
]

page_urlpatterns: list[URLPattern | URLResolver] = [
    re_path(serve_pattern, views.serve, name="wagtail_serve"),
]
