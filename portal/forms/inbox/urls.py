"""Addresses of the inbox, below `/quan-tri/`; none of them ever carries a name."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal.forms.inbox import actions, entry, export_views, today_views, views

urlpatterns: list[URLPattern] = [
    path("hom-nay/", today_views.show, name="forms_today"),
    path("ho-so/", views.index, name="forms_inbox"),
    path("ho-so/tim/", views.search, name="forms_search"),
    path("ho-so/nhap/", entry.type_in, name="forms_type_in"),
    path("ho-so/xuat/", export_views.export, name="forms_export"),
    path("ho-so/xuat/<int:pk>/tep/", export_views.fetch, name="forms_export_file"),
    path("ho-so/<int:pk>/", views.record, name="forms_record"),
    path("ho-so/<int:pk>/nhan/", actions.receive, name="forms_receive"),
    path("ho-so/<int:pk>/ma-moi/", actions.new_code, name="forms_new_code"),
    path("ho-so/<int:pk>/giay/<slug:name>/", actions.paper, name="forms_paper"),
]
