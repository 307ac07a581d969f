"""App of the jobs room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Registers the room with Django, and scheduled pages with the schedule."""

    name = "portal.jobs"
    label = "jobs"
    verbose_name = _("Jobs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wagtail's scheduled publishing and expiry each minute; lost tasks, old task rows."""
        from django.core.management import call_command

        from portal.jobs import register_schedule
        from portal.jobs.services import tasks_again

        register_schedule("tasks_again", tasks_again, every=timedelta(minutes=1))
        register_schedule(
            "publish_scheduled",
            lambda: call_command("publish_scheduled", verbosity=0),
            every=timedelta(minutes=1),
        )
        register_schedule(
            "prune_tasks",
            lambda: call_command("prune_db_task_results", queue_name="*", verbosity=0),
            every=timedelta(days=1),
        )
