"""Addresses of the forms that stand on no page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from portal.forms.receipt_views import receipt_check

urlpatterns: list[URLPattern | URLResolver] = [
    path("bien-nhan/", receipt_check, name="receipt_check"),
]
