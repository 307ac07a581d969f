"""App of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.areas"
    label = "areas"
    verbose_name = _("Administrative units")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """System checks, keys of names, code lists, place names for the search."""
        from portal.areas import checks, code_tables, searchable, signals

        checks.connect()
        code_tables.register()
        signals.connect()
        searchable.connect()
