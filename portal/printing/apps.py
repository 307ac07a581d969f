"""App of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintingConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.printing"
    label = "printing"
    verbose_name = _("Printing")
    default_auto_field = "django.db.models.BigAutoField"
