"""Wagtail alone, and the plain forms."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from benchmarks.peers import survey

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("khai/xem-lai/", survey.review),
    path("khai/xong/", survey.done),
    path("khai/<path:key>/", survey.page),
    path("", include(wagtail_urls)),
]
