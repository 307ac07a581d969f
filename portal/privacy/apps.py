"""App of the room."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PrivacyConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.privacy"
    label = "privacy"
    verbose_name = pgettext_lazy("room", "Privacy")
    default_auto_field = "django.db.models.BigAutoField"
