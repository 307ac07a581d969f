"""App of the room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsConfig(AppConfig):
    """Registers the room with Django, and the ends of its data with the worker."""

    name = "portal.forms"
    label = "forms"
    verbose_name = _("Forms")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Drafts end after seven days; what is past its date is erased; the ledger is checked."""
        from portal import jobs
        from portal.forms import ledger, retention
        from portal.forms.inbox import exporting

        jobs.register_schedule("forms_drafts", retention.drop_stale, every=timedelta(hours=1))
        jobs.register_schedule("forms_erase", retention.erase_due, every=timedelta(days=1))
        jobs.register_schedule("forms_ledger", ledger.check_or_fail, every=timedelta(days=1))
        jobs.register_schedule("forms_exports", exporting.drop_old, every=timedelta(hours=1))
        jobs.job_kind(exporting.KIND)(exporting.run)
