"""The calendar in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register
from wagtail_modeladmin.views import IndexView

from portal.areas.backoffice import GuardedHistoryView, ReasonedDeleteView
from portal.jobs import clock
from portal.workdays.models import Holiday
from portal.workdays.services import is_fixed
from portal.workdays.years import on_weekends, thin_years


class HolidaysView(IndexView):
    """The list under what is missing in it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the years and days that somebody should look at."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"thin_years": thin_years(), "on_weekends": on_weekends()}


class HolidayDeleteView(ReasonedDeleteView):
    """What was counted with, and what the law names, stays."""

    def reason(self) -> str:
        """Deadlines that have been told to people were counted with days that have passed."""
        if self.instance.date <= clock.today():
            return _("“%(day)s” stays: deadlines have been counted with it.") % {
                "day": self.instance
            }
        if is_fixed(self.instance.date):
            return _("“%(day)s” stays: the Labour Code names this day.") % {"day": self.instance}
        return ""


@modeladmin_register
class HolidayAdmin(ModelAdmin):
    """Holidays and days of exchange."""

    model = Holiday
    menu_label = gettext_lazy("Holidays")
    menu_icon = "calendar"
    menu_order = 510
    add_to_settings_menu = True
    history_view_class = GuardedHistoryView
    delete_view_class = HolidayDeleteView
    index_view_class = HolidaysView
    index_template_name = "workdays/admin/holidays.html"
    list_display = ("day", "name", "kind", "source")
    list_filter = ("kind",)
    search_fields = ("name", "source")
    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("kind")]),
        FieldPanel("name"),
        FieldPanel("source"),
    ]

    @display(description=gettext_lazy("date"), ordering="date")
    def day(self, obj: Holiday) -> str:
        """With its weekday, by which people check it."""
        from django.utils.formats import date_format

        return date_format(obj.date, "l, d/m/Y")
