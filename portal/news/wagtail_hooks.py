"""Code lists of the room in the back office."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from portal.areas.backoffice import GuardedHistoryView, in_words
from portal.areas.models import Unit
from portal.home.models import PortalDocument
from portal.news.attachments import pages_with
from portal.news.code_protection import InUseDeleteView
from portal.news.code_views import urlpatterns
from portal.news.codes import DocumentType, Field, Issuer

CODE_LIST = "news/admin/code_list.html"


class DocumentTypeAdmin(ModelAdmin):
    """Types of documents."""

    model = DocumentType
    menu_icon = "tag"
    history_view_class = GuardedHistoryView
    delete_view_class = InUseDeleteView
    index_template_name = CODE_LIST
    list_display = ("label_vi", "abbreviation", "is_normative", "is_offered", "order")
    list_filter = ("normative", "portal_default")
    is_normative = in_words("normative", _("normative act"))
    is_offered = in_words("portal_default", _("offered in the public filter"))
    search_fields = ("label_vi", "label_en", "abbreviation")
    panels: ClassVar[list[object]] = [
        FieldPanel("code"),
        FieldPanel("label_vi"),
        FieldPanel("label_en"),
        FieldRowPanel([FieldPanel("abbreviation"), FieldPanel("order")]),
        FieldRowPanel([FieldPanel("normative"), FieldPanel("portal_default")]),
    ]


class IssuerForm(WagtailAdminModelForm):
    """Offers the units of the own province that stand today, not the whole country's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(code=settings.PROVINCE_CODE) | Q(parent__code=settings.PROVINCE_CODE)
        chosen = Q(pk=self.instance.unit_id)
        self.fields["unit"].queryset = Unit.objects.filter((own & Q(valid_to=None)) | chosen)


class IssuerAdmin(ModelAdmin):
    """Issuing agencies."""

    model = Issuer
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("abbreviation"), FieldPanel("level")]),
            FieldPanel("unit"),
            FieldPanel("slug"),
        ],
        base_form_class=IssuerForm,
    )
    menu_icon = "group"
    history_view_class = GuardedHistoryView
    delete_view_class = InUseDeleteView
    index_template_name = CODE_LIST
    list_display = ("name", "abbreviation", "level", "slug")
    list_filter = ("level",)
    search_fields = ("name", "abbreviation")


class FieldAdmin(ModelAdmin):
    """Fields of work."""

    model = Field
    menu_icon = "list-ul"
    history_view_class = GuardedHistoryView
    delete_view_class = InUseDeleteView
    index_template_name = CODE_LIST
    list_display = ("name", "slug")
    search_fields = ("name",)


@modeladmin_register
class NewsCodesGroup(ModelAdminGroup):
    """All code lists of official documents under one menu entry."""

    menu_label = _("Document code lists")
    menu_icon = "folder-open-inverse"
    menu_order = 500
    items = (DocumentTypeAdmin, IssuerAdmin, FieldAdmin)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Code lists in and out of workbooks, below Wagtail's own guard."""
    return urlpatterns


@hooks.register("before_serve_document")
def keep_files_of_drafts(document: PortalDocument, request: HttpRequest) -> None:
    """A file that hangs on drafts alone is there only for those who may edit one of them."""
    pages = pages_with(document)
    if not pages or any(page.live for page in pages):
        return
    if not any(page.permissions_for_user(request.user).can_edit() for page in pages):
        raise Http404
