"""Public addresses of the room that stand on no page of the tree."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from portal.dialogue.comments import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("y-kien/<path:trang>/da-gui/", views.thanks, name="dialogue_thanks"),
    path("y-kien/<path:trang>/", views.comment, name="dialogue_comment"),
    path("danh-gia/<path:trang>/", views.rating, name="dialogue_rating"),
]
