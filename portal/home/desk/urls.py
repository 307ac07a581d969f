"""Addresses of the editors' desk, below `/quan-tri/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal.home import desk_views, gallery
from portal.home.desk import (
    calendar,
    code_lists,
    files,
    links,
    offers,
    schedule,
    undo,
    waiting_views,
)

urlpatterns: list[URLPattern] = [
    path("de-nghi-dang/", offers.queue, name="home_offers"),
    path("de-nghi-dang/trang/<int:page_id>/", offers.offer, name="home_offer"),
    path("de-nghi-dang/<int:pk>/lay/", offers.take_over, name="home_take_over"),
    path("de-nghi-dang/<int:pk>/tu-choi/", offers.decline, name="home_decline"),
    path("hoan-tac/<int:page_id>/", undo.view, name="home_undo"),
    path("viec-cho-toi/<slug:kind>/", waiting_views.show, name="home_waiting"),
    path("lich-dang/", calendar.show, name="home_calendar"),
    path("hen-gio/", schedule.show, name="home_schedule"),
    path("lien-ket-hong/", links.show, name="home_broken_links"),
    path("tep-va-van-ban/", files.show, name="home_files"),
    path("dia-chi-cu/", desk_views.old_addresses, name="home_old_addresses"),
    path("lich-cong-tac/<int:pk>/tuan-sau/", desk_views.next_week, name="home_next_week"),
    path("reports/xem-lai/", desk_views.ReviewReport.as_view(), name="home_review_report"),
    path("giao-dien/", gallery.show, name="home_gallery"),
    path("danh-muc/<slug:name>/xuat/", code_lists.export, name="home_code_export"),
    path("danh-muc/<slug:name>/nhap/", code_lists.load, name="home_code_import"),
]
