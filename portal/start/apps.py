"""App of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StartConfig(AppConfig):
    """Registers the room that makes a fresh database a portal."""

    name = "portal.start"
    label = "start"
    verbose_name = _("First start")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Once all models stand."""
        from portal.start.labels import name_plurals

        name_plurals()
