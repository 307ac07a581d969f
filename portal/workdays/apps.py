"""App of the room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkdaysConfig(AppConfig):
    """Registers the room with Django, its list with the workbooks, its check, its daily work."""

    name = "portal.workdays"
    label = "workdays"
    verbose_name = _("Working days")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The days fixed by law are entered for each year that begins to matter."""
        from portal import jobs
        from portal.tables import code_lists
        from portal.tables.code_lists import CodeTable
        from portal.workdays import checks, services
        from portal.workdays.models import Holiday

        code_lists.register(CodeTable(Holiday, ("date", "name", "kind", "source")))
        checks.connect()
        jobs.register_schedule(
            "workdays_fixed_days", services.enter_fixed_days, every=timedelta(days=1)
        )
