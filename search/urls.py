"""Addresses of search."""

from __future__ import annotations

from django.urls import path

from search import views

urlpatterns = [
    path("tim-kiem/", views.results, name="search"),
    path("en/tim-kiem/", views.results, name="search_en"),
    path("tim-kiem/goi-y.json", views.suggestions_json, name="search_suggestions"),
    path("tim-kiem.json", views.results_json, name="search_json"),
    path("tim-kiem.rss", views.results_rss, name="search_rss"),
]
