"""App of the search room."""

import atexit
from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Registers the room, and joins its outbox to the one worker."""

    name = "search"
    label = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Drain after each change, sweep and tidy up by the clock."""
        from portal import jobs
        from search import (
            abbreviations,
            indexing,
            page_images,
            querylog,
            renewing,
            scans,
            tasks,  # noqa: F401
            upkeep,
        )
        from search.checks import check_index

        checks.register(check_index, checks.Tags.database)
        abbreviations.connect()
        jobs.register_drain("search", indexing.drain_or_wait)
        jobs.register_drain("scans", scans.recognise_one)
        jobs.register_drain("search_renew", renewing.AfterUpdate())
        jobs.register_schedule(renewing.NAME, upkeep.renew, every=timedelta(hours=1))
        jobs.register_schedule("search_sweep", upkeep.sweep, every=timedelta(days=1))
        jobs.register_schedule("search_tidy", upkeep.tidy, every=timedelta(days=1))
        jobs.register_schedule(
            "search_tombstones", upkeep.forget_tombstones, every=timedelta(hours=6)
        )
        atexit.register(querylog.counter.flush_at_exit)
        jobs.register_schedule("search_queries", querylog.forget_old, every=timedelta(days=1))
        jobs.register_schedule("page_images", page_images.prune, every=timedelta(hours=1))
