"""Units, villages and assignments in the back office."""

from __future__ import annotations

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from portal.areas.backoffice import (
    AreaAdmin,
    ProvincePermissionHelper,
    ReferencePermissionHelper,
    ScopedModelAdmin,
    VillageDeleteView,
    VillagePermissionHelper,
)
from portal.areas.filters import InForceFilter, OwnProvinceFilter
from portal.areas.forms import AssignmentForm, UnitForm, VillageForm
from portal.areas.models import UNKNOWN_START, Assignment, Unit, Village
from portal.areas.user_views import BULK_ACTIONS

CODE_LIST = "home/admin/code_list.html"


class UnitAdmin(AreaAdmin):
    """Units come from `load_units` or a workbook; here the province sets area type and last day."""

    model = Unit
    menu_icon = "globe"
    base_url_path = "don-vi-hanh-chinh"
    permission_helper_class = ReferencePermissionHelper
    list_display = ("full_name", "code", "parent", "area_type", "validity")
    list_filter = (InForceFilter, OwnProvinceFilter, "level", "kind", "area_type")
    search_fields = ("name_folded", "code")
    index_template_name = CODE_LIST
    edit_handler = ObjectList(
        [FieldPanel("area_type"), FieldPanel("valid_to")], base_form_class=UnitForm
    )
    inspect_view_fields = [
        "code",
        "name",
        "kind",
        "level",
        "parent",
        "area_type",
        "valid_from",
        "valid_to",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        return Unit.objects.select_related("parent")

    def get_extra_class_names_for_field_col(self, obj: Unit, field_name: str) -> list[str]:
        """Short values stay on one line, however narrow the filters leave the table."""
        return [] if field_name == "full_name" else ["nowrap"]

    @display(description=_("administrative unit"), ordering="sort_key")
    def full_name(self, obj: Unit) -> str:
        """With its kind, as people write it."""
        name = str(obj)
        return f"{name[:1].upper()}{name[1:]}"

    @display(description=_("valid"), ordering="valid_from")
    def validity(self, obj: Unit) -> str:
        """First and last day; the first day of units of before 2025 is not known."""
        first = "" if obj.valid_from == UNKNOWN_START else f"{obj.valid_from:%d/%m/%Y}"
        last = f"{obj.valid_to:%d/%m/%Y}" if obj.valid_to else ""
        return f"{first} – {last}".strip()


class VillageAdmin(ScopedModelAdmin):
    """Villages, each officer in the own communes only."""

    model = Village
    menu_icon = "home"
    base_url_path = "thon-to-dan-pho"
    permission_helper_class = VillagePermissionHelper
    delete_view_class = VillageDeleteView
    index_template_name = CODE_LIST
    list_display = ("name", "kind", "unit", "area_type")
    list_filter = ("kind", "area_type")
    list_select_related = ("unit",)
    search_fields = ("name_folded", "unit__name_folded")
    inspect_view_fields = ["name", "kind", "unit", "area_type"]
    edit_handler = ObjectList(
        [FieldPanel("unit"), FieldPanel("kind"), FieldPanel("name"), FieldPanel("area_type")],
        base_form_class=VillageForm,
    )


class AssignmentAdmin(AreaAdmin):
    """Who works where and until when; superusers and officers of the province only."""

    model = Assignment
    menu_icon = "user"
    base_url_path = "phan-cong"
    permission_helper_class = ProvincePermissionHelper
    list_display = ("user", "role", "unit", "village", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "unit", "village")
    search_fields = ("user__find_key", "user__username", "unit__name_folded")
    inspect_view_fields = ["user", "role", "unit", "village", "valid_from", "valid_to"]
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldPanel("role"),
            FieldPanel("unit"),
            FieldPanel("village"),
            FieldPanel("valid_from"),
            FieldPanel("valid_to"),
        ],
        base_form_class=AssignmentForm,
    )


class AreasGroup(ModelAdminGroup):
    """One entry of the menu for the whole room."""

    menu_label = _("Administrative units")
    menu_icon = "globe"
    menu_order = 700
    items: tuple[type[ModelAdmin], ...] = (UnitAdmin, VillageAdmin, AssignmentAdmin)


modeladmin_register(AreasGroup)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=1)  # behind Wagtail's, so it counts
