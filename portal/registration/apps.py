"""App of the room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    """Registers the room with Django, with search, with the worker and with the page cache."""

    name = "portal.registration"
    label = "registration"
    verbose_name = _("Poverty review")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lists end by the clock: the schedule looks every minute."""
        from portal import jobs
        from portal.forms.inbox import today
        from portal.home import cache, cards
        from portal.registration import (
            declarations,
            figures_card,
            gallery_pieces,
            home_card,
            queries,
            rounds_searchable,
            searchable,
            services,
            tasks,
            today_card,
        )

        searchable.register()
        rounds_searchable.register()
        declarations.register()
        gallery_pieces.register_pieces()
        cache.register_edges(queries.next_edge)
        cards.register(home_card.NAME, home_card.render)
        cards.register(figures_card.NAME, figures_card.render, wide=True)
        today.register(today_card.NAME, today_card.render)
        jobs.register_schedule(
            "registration_withdraw", services.withdraw_expired, every=timedelta(minutes=1)
        )
        jobs.register_schedule(
            "registration_stale_drafts", services.drop_stale_drafts, every=timedelta(days=1)
        )
        jobs.job_kind(tasks.KIND)(tasks.check_import)
