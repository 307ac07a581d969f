"""App of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.news"
    label = "news"
    verbose_name = _("News and official documents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offers news, documents and notices to the frame; new issuers get their page."""
        from portal import jobs
        from portal.home import cache, feeds, receivers, sources, visits
        from portal.news import (
            code_tables,
            desk,
            feed_list,
            gallery_pieces,
            hanging,
            import_jobs,
            listing,
            queries,
            reading_files,
            readings,
            searchable,
            taking_over,
        )
        from portal.news import receivers as own
        from portal.news.codes import DocumentType, Field, Issuer

        sources.register("articles", queries.newest_articles)
        sources.register("documents", queries.newest_documents)
        sources.register("notices", queries.running_notices)
        cache.allow_parameters(*listing.SHORT_NAMES, "loc")
        feeds.register(feed_list.feeds)
        receivers.watch(DocumentType, Field, Issuer)
        own.connect()
        taking_over.register()
        desk.register()
        code_tables.register()
        visits.register_pages(readings.write)
        jobs.job_kind(reading_files.KIND)(reading_files.read)
        jobs.job_kind(import_jobs.KIND)(import_jobs.take_in)
        searchable.register()
        gallery_pieces.register_pieces()
        hanging.register()
