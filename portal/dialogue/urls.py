"""Public addresses of the room that stand on no page of the tree."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from portal.dialogue.comments import views
from portal.dialogue.requests import views as requests

urlpatterns: list[URLPattern | URLResolver] = [
    path("y-kien/<path:trang>/da-gui/", views.thanks, name="dialogue_thanks"),
    path("y-kien/<path:trang>/", views.comment, name="dialogue_comment"),
    path("danh-gia/<path:trang>/", views.rating, name="dialogue_rating"),
    path("du-lieu-ca-nhan/", requests.ask, name="dialogue_request_form"),
    path("du-lieu-ca-nhan/da-gui/", requests.receipt, name="dialogue_request_sent"),
    path("du-lieu-ca-nhan/tra-cuu/", requests.follow, name="dialogue_request_follow"),
]
