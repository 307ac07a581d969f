"""App of the demo province."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the room that seeds the demo; production leaves it installed but never calls it."""

    name = "portal.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
