"""App of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabourConfig(AppConfig):
    """Registers the room with Django, with the form engine, with search and the home page."""

    name = "portal.labour"
    label = "labour"
    verbose_name = _("Labour")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offers the worker's sheet, campaigns, and what waits for officers."""
        from portal.forms.inbox import today
        from portal.home import cards
        from portal.labour import home_card, searchable, today_card, worker

        worker.register()
        searchable.register()
        cards.register(home_card.NAME, home_card.render)
        today.register(today_card.NAME, today_card.render)
