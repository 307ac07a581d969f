"""Addresses of the site frame; the pages come last, they take what nobody else wants."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.urls import serve_pattern

from portal.home import display, feeds, site_map, views, web_files

urlpatterns: list[URLPattern | URLResolver] = [
    path("hien-thi/", display.choose, name="display"),
    path("sitemap.xml", web_files.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", web_files.sitemap_part, name="sitemap_part"),
    path("robots.txt", web_files.robots, name="robots"),
    path(".well-known/security.txt", web_files.security_txt, name="security_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("suc-khoe/live", views.live, name="health_live"),
    path("suc-khoe/ready", views.ready, name="health_ready"),
]

# Wagtail's own addresses (password and login of restricted pages), its serving of pages apart.
_restricted = [each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"]

page_urlpatterns: list[URLPattern | URLResolver] = i18n_patterns(
    *_restricted,
    path("so-do-cong/", site_map.site_map, name="site_map"),
    path("rss/", feeds.index, name="feeds"),
    re_path(serve_pattern, views.serve, name="wagtail_serve"),
    prefix_default_language=False,
)
