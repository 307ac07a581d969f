"""Addresses of the back office, below `/quan-tri/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal.registration import downloads, views, window_views

urlpatterns: list[URLPattern] = [
    path("danh-sach/", views.index, name="registration_lists"),
    path("danh-sach/tao/", views.create, name="registration_create"),
    path("danh-sach/<int:pk>/", views.detail, name="registration_list"),
    path("danh-sach/<int:pk>/tai-len/", views.upload, name="registration_upload"),
    path("danh-sach/<int:pk>/dang/", window_views.publish, name="registration_publish"),
    path("danh-sach/<int:pk>/thoi-han/", window_views.extend, name="registration_extend"),
    path("danh-sach/<int:pk>/go/", window_views.withdraw, name="registration_withdraw"),
    path(
        "danh-sach/<int:pk>/nhap/<int:import_pk>/", views.import_result, name="registration_import"
    ),
    path(
        "danh-sach/<int:pk>/nhap/<int:import_pk>/quyet-dinh/",
        views.import_decide,
        name="registration_import_decide",
    ),
    path(
        "danh-sach/<int:pk>/nhap/<int:import_pk>/loi.<str:ending>",
        downloads.import_errors,
        name="registration_import_errors",
    ),
]
