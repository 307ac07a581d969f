"""Addresses of the room in the back office, below `/quan-tri/`; none of them carries a name."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal.dialogue.comments import moderation
from portal.dialogue.questions import desk_views, file_views
from portal.dialogue.requests import desk_views as requests

urlpatterns: list[URLPattern] = [
    path("y-kien/", moderation.index, name="dialogue_moderation"),
    path("y-kien/quyet-dinh/", moderation.decide, name="dialogue_decide"),
    path("y-kien/trang/<int:pk>/", moderation.switch, name="dialogue_switch"),
    path("hoi-dap/", desk_views.index, name="dialogue_questions"),
    path("hoi-dap/<int:pk>/", desk_views.detail, name="dialogue_question"),
    path("hoi-dap/<int:pk>/tep/<int:number>/", file_views.desk_file, name="dialogue_question_file"),
    path("hoi-dap/<int:pk>/<slug:name>/", desk_views.step, name="dialogue_question_step"),
    path("du-lieu-ca-nhan/", requests.index, name="dialogue_requests"),
    path("du-lieu-ca-nhan/<int:pk>/", requests.detail, name="dialogue_request"),
    path("du-lieu-ca-nhan/<int:pk>/xu-ly/", requests.step, name="dialogue_request_step"),
]
