"""What the editor sees of the files on a page: how far each is found by its words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class FileStatesPanel(Panel):
    """Where files are dropped, and those saved, each with its pages and the state of its text."""

    def __init__(self, relation: str, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Are the files found by their words?")} | kwargs)
        self.relation = relation

    def clone_kwargs(self) -> dict[str, Any]:
        """What Wagtail needs to bind the panel to a model."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"relation": self.relation}

    class BoundPanel(Panel.BoundPanel):
        """The panel on one page."""

        template_name = "news/admin/file_states.html"

        class Media:
            """Files may be dropped on the form."""

            js = ("portal/js/drop.js",)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The files with their state."""
            from portal.news import files, reading_files

            context: dict[str, Any] = super().get_context_data(parent_context)
            kept = bool(self.instance.pk)
            shown = files.shown(getattr(self.instance, self.panel.relation)) if kept else []
            documents = [file["document"] for file in shown]
            proposal = reading_files.proposal_for(documents) if self._is_document() else None
            return context | {
                "files": shown,
                "page": self.instance,
                "proposal": proposal,
                "warnings": reading_files.warnings_of(self.instance) if kept else [],
                "relation": self.panel.relation,
                "accepted": ",".join(f".{one}" for one in settings.WAGTAILDOCS_EXTENSIONS),
            }

        def _is_document(self) -> bool:
            return str(self.panel.relation) == "files"
