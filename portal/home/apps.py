"""App of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.home"
    label = "home"
    verbose_name = _("Site frame")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to changes for cache and search, and writes waiting views at the end."""
        import atexit

        from portal.forms import registry
        from portal.home import (
            admin_search,
            component_receivers,
            files_again,
            form_pages,
            gallery_forms,
            gallery_pieces,
            link_checking,
            private_files,
            reading_again,
            receivers,
            searchable,
            searchable_pages,
            signals,
        )
        from portal.home.visits import counter

        receivers.connect()
        signals.connect()
        component_receivers.connect()
        admin_search.register()
        files_again.register()
        link_checking.register()
        reading_again.register()
        private_files.connect()
        searchable.register()
        gallery_pieces.register_pieces()
        gallery_forms.register_pieces()
        searchable_pages.register()
        registry.register_mount(form_pages.mount_url)
        atexit.register(counter.flush_at_exit)
