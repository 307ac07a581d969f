"""App of the room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PrivacyConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.privacy"
    label = "privacy"
    verbose_name = pgettext_lazy("room", "Privacy")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is personal in requests ends a year after they were served."""
        from portal import jobs
        from portal.privacy.subject_requests import erase_due

        jobs.register_schedule("privacy_requests", erase_due, every=timedelta(days=1))
