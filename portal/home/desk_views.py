"""The room's own pages of the back office: thin; Wagtail's admin stands before them."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.reports.base import PageReportView
from wagtail.models import Page, get_page_models
from wagtail.permissions import page_permission_policy

from portal.areas.models import User
from portal.home.address_table import ERRORS_SHOWN, import_addresses
from portal.home.base import OwnedPage
from portal.home.schedule import ScheduleWeekPage
from portal.home.week_copies import copy_to_next_week
from portal.jobs import clock

ENDINGS = (".xlsx", ".csv")
LARGEST_FILE = 5 * 1024 * 1024
ADD_REDIRECT = "wagtailredirects.add_redirect"


class AddressTableForm(forms.Form):
    """A workbook or a CSV file with the columns “Địa chỉ cũ” and “Địa chỉ mới”."""

    file = forms.FileField(
        label=gettext_lazy("Table of old and new addresses (XLSX or CSV)"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The ending and the size; what is inside is looked at by the reader of tables."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(upload.name or "").suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Only XLSX and CSV files can be read."))
        if (upload.size or 0) > LARGEST_FILE:
            most = LARGEST_FILE // (1024 * 1024)
            raise forms.ValidationError(_("The file is larger than %s MB.") % most)
        return upload


def old_addresses(request: HttpRequest) -> HttpResponse:
    """Receive a table; what is wrong is shown by row, and then nothing is changed."""
    if not request.user.has_perm(ADD_REDIRECT):
        raise PermissionDenied
    form = AddressTableForm(request.POST or None, request.FILES or None)
    errors: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        outcome = _import(form.cleaned_data["file"])
        if not outcome.errors:
            count = outcome.taken
            told = ngettext(
                "%(count)d address was taken over.", "%(count)d addresses were taken over.", count
            )
            messages.success(request, told % {"count": count})
            return redirect("wagtailredirects:index")
        errors = outcome.errors
    context = {"form": form, "errors": errors[:ERRORS_SHOWN], "count": len(errors)}
    return _page(request, "old_addresses", _("Import old addresses"), "redirect", **context)


def _import(upload: UploadedFile[bytes]) -> Any:
    suffix = PurePath(upload.name or "").suffix.lower()
    with TemporaryDirectory() as folder:
        copy = Path(folder) / f"addresses{suffix}"
        with copy.open("wb") as target:
            target.writelines(upload.chunks())
        return import_addresses(copy)


def next_week(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: a link alone never makes a page."""
    week = get_object_or_404(ScheduleWeekPage, pk=pk)
    above = week.get_parent().permissions_for_user(request.user)
    if not (above.can_add_subpage() and week.permissions_for_user(request.user).can_edit()):
        raise PermissionDenied
    if request.method == "POST" and isinstance(request.user, User):
        made = copy_to_next_week(week, request.user)
        messages.success(request, _("A draft of “%(week)s” was made.") % {"week": made.title})
        return redirect("wagtailadmin_pages:edit", made.pk)
    return _page(request, "next_week", _("Copy to the next week"), "copy", week=week)


def _page(request: HttpRequest, template: str, title: str, icon: str, **more: Any) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": title},
    ]
    context = {"page_title": title, "header_title": title, "header_icon": icon, **more}
    context["breadcrumbs_items"] = crumbs
    return render(request, f"home/admin/{template}.html", context)


def writes_pages(user: Any) -> bool:
    """Whether somebody has any right on any page."""
    return bool(page_permission_policy.user_has_any_permission(user, ["add", "change", "publish"]))


class ReviewReport(PageReportView):
    """Pages whose day of review has passed, among those that the user may edit."""

    results_template_name = "home/admin/review_results.html"
    page_title = gettext_lazy("Pages to be reviewed")
    header_icon = "calendar-alt"
    index_url_name = "home_review_report"
    list_export: ClassVar[list[str]] = ["title", "owner_name", "review_on", "url"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Title of the page"),
        "owner_name": gettext_lazy("responsible agency"),
        "review_on": gettext_lazy("review on"),
        "url": gettext_lazy("web address"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For those who write pages."""
        if not writes_pages(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_queryset(self) -> QuerySet[Page]:
        """The pages, by the tree."""
        due = Q(pk__in=[])
        for model in get_page_models():
            if issubclass(model, OwnedPage):
                late = model.objects.live().filter(review_on__lt=clock.today())
                due |= Q(pk__in=late.values("pk"))
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        found: QuerySet[Page] = mine.filter(due).order_by("path").specific()
        return found
