"""Addresses of the back office, below `/quan-tri/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal.news import dropping, import_views, statistics_views

urlpatterns: list[URLPattern] = [
    path("tep-tha/", dropping.receive, name="news_drop"),
    path("tep-tha/<int:pk>/", dropping.state, name="news_dropped"),
    path("nhap-noi-dung/", import_views.packages, name="news_imports"),
    path("nhap-noi-dung/<int:pk>/", import_views.package, name="news_import"),
    path("nhap-noi-dung/<int:pk>/ket-qua.xlsx", import_views.report, name="news_import_report"),
    path("thong-ke-tin-bai/", statistics_views.overview, name="news_statistics"),
    path(
        "thong-ke-tin-bai/<str:table>.xlsx",
        statistics_views.workbook,
        name="news_statistics_workbook",
    ),
]
