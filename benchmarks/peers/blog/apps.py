"""The app."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Pages of the peer."""

    name = "benchmarks.peers.blog"
    label = "blog"
    default_auto_field = "django.db.models.BigAutoField"
