"""Code lists of the room in the back office."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.models import Page
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from portal.areas.backoffice import GuardedHistoryView, in_words
from portal.areas.models import Unit, User
from portal.home.models import PortalDocument
from portal.news import office, reading_files, urls
from portal.news.attachments import pages_with
from portal.news.code_protection import InUseDeleteView
from portal.news.codes import DocumentType, Field, Issuer

CODE_LIST = "home/admin/code_list.html"


class DocumentTypeAdmin(ModelAdmin):
    """Types of documents."""

    model = DocumentType
    menu_icon = "tag"
    history_view_class = GuardedHistoryView
    delete_view_class = InUseDeleteView
    index_template_name = CODE_LIST
    list_display = ("label_vi", "abbreviation", "is_normative", "is_offered")
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


class RightMenuItem(MenuItem):
    """Shown to those who have the right."""

    def __init__(self, right: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.right = right

    def is_shown(self, request: HttpRequest) -> bool:
        """Nobody else sees that the page exists."""
        return bool(request.user.has_perm(self.right))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below Wagtail's own guard: one login, no anonymous visitor."""
    return urls.urlpatterns


@hooks.register("register_reports_menu_item")
def statistics_menu_item() -> MenuItem:
    """Among the reports."""
    return RightMenuItem(
        office.STATISTICS,
        _("What is read and written"),
        reverse("news_statistics"),
        name="news-statistics",
        icon_name="view",
        order=300,
    )


@hooks.register("register_settings_menu_item")
def imports_menu_item() -> MenuItem:
    """Among what is done seldom."""
    return RightMenuItem(
        office.IMPORTS,
        _("Moving in from an old portal"),
        reverse("news_imports"),
        name="news-imports",
        icon_name="upload",
        order=900,
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_of_files(request: HttpRequest, page: Page) -> None:
    """The files just saved are read by the worker; a mark on one of them is told at once."""
    relation = getattr(page, getattr(page, "file_relation", ""), None)
    if relation is None:
        return
    user = request.user if isinstance(request.user, User) else None
    reading_files.read_soon([row.document for row in relation.all()], user)
    for warning in reading_files.warnings_of(page):
        messages.warning(request, warning)


@hooks.register("before_serve_document")
def keep_files_of_drafts(document: PortalDocument, request: HttpRequest) -> None:
    """A file that hangs on drafts alone is there only for those who may edit one of them."""
    pages = pages_with(document)
    if not pages or any(page.live for page in pages):
        return
    if not any(page.permissions_for_user(request.user).can_edit() for page in pages):
        raise Http404
