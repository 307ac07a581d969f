"""App of the room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    """Registers the room with Django, with pages, search and the worker."""

    name = "portal.dialogue"
    label = "dialogue"
    verbose_name = _("Dialogue with the public")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Articles and drafts have a public part; personal data end; all is found by search."""
        from portal import jobs
        from portal.dialogue import drafts, drafts_searchable, home_card, today_card
        from portal.dialogue.comments import below, moderation, rooms, services
        from portal.dialogue.models import DialogueSettings
        from portal.dialogue.questions import searchable
        from portal.dialogue.questions.services import erase_due
        from portal.forms.inbox import today
        from portal.home import cards, receivers
        from portal.home.desk import waiting
        from portal.news import attachments, slots
        from portal.news.models import ArticlePage

        rooms.register(ArticlePage, lambda page: True, rated=True)
        rooms.register(drafts.DraftPage, drafts.is_running)
        attachments.register(drafts.DraftFile)
        rooms.register_columns()
        slots.register(below.NAME, below.render)
        label = _("Comments that wait for approval")
        waiting.register_count(label, "dialogue_moderation", moderation.waiting_for)
        today.register(today_card.NAME, today_card.render)
        cards.register(home_card.NAME, home_card.render)
        receivers.watch(DialogueSettings)
        searchable.register()
        drafts_searchable.register()
        jobs.register_schedule("dialogue_questions", erase_due, every=timedelta(days=1))
        jobs.register_schedule("dialogue_refused", services.drop_refused, every=timedelta(days=1))
