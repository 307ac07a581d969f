"""Back office of published lists: thin; every list is looked up in the user's scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.areas.models import User
from portal.jobs.models import Job
from portal.privacy.models import ReadEvent
from portal.privacy.services import log_read
from portal.registration import imports, services
from portal.registration.access import lists_of, may_publish
from portal.registration.errors import RegistrationError
from portal.registration.forms import ListForm, UploadForm, VersionForm
from portal.registration.models import Classification, ListImport, PublishedList
from portal.registration.queries import PAGE, PER_PAGE
from portal.registration.window import last_day
from search.text import fold

LISTS_PER_PAGE = 25
TEMPLATES = "registration/admin/"


def officer(request: HttpRequest) -> User:
    """The user, when lists are this user's work; else the admin sends them away."""
    user = request.user
    if not isinstance(user, User) or not may_publish(user):
        raise PermissionDenied
    return user


def own_list(request: HttpRequest, pk: int) -> PublishedList:
    """A list in the user's scope; any other does not exist for this user."""
    rows = lists_of(officer(request)).select_related("unit", "created_by", "official_document")
    return get_object_or_404(rows, pk=pk)


def page(
    request: HttpRequest, template: str, title: str, item: PublishedList | None = None, **more: Any
) -> HttpResponse:
    """Render with the admin's header; what names people is never kept by a browser."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("registration_lists"), "label": _("Published lists")},
    ]
    if item is not None:
        crumbs.append({"url": reverse("registration_list", args=[item.pk]), "label": item.title})
    if title != crumbs[-1]["label"]:  # the header shows the last crumb
        crumbs.append({"url": request.path, "label": title})
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "list-ul",
        "breadcrumbs_items": crumbs,
        "item": item,
        "last_day": last_day(item.visible_until) if item and item.visible_until else None,
        **more,
    }
    response = render(request, f"{TEMPLATES}{template}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def attempt(request: HttpRequest, verb: Callable[[], object], done: str) -> bool:
    """Call one service verb; its refusal becomes a sentence."""
    try:
        verb()
    except RegistrationError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All lists of the user's area, by state and words of the title."""
    rows = lists_of(officer(request)).select_related("unit")
    state, words = request.GET.get("trang-thai", ""), request.GET.get("q", "").replace("\x00", "")
    if state in PublishedList.State.values:
        rows = rows.filter(state=state)
    for word in fold(words).split()[:10]:
        rows = rows.filter(title_key__contains=word)
    found = Paginator(rows.order_by("-created_at", "-pk"), LISTS_PER_PAGE)
    return page(
        request,
        "lists",
        _("Published lists"),
        lists=found.get_page(request.GET.get(PAGE)),
        states=PublishedList.State.choices,
        state=state,
        words=words,
    )


def create(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    user = officer(request)
    form = ListForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        document = values["official_document"]
        try:
            made = services.create_list(
                values["title"],
                form.slug(),
                values["unit"],
                user,
                official_document=document.pk if document else None,
                search_only=values["search_only"],
            )
        except RegistrationError as error:
            form.add_error(None, str(error))
        else:
            return redirect("registration_list", made.pk)
    return page(request, "create", _("New list"), form=form)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """State, totals, households, imports and everything that happened to a list."""
    item = own_list(request, pk)
    rows = item.entries.select_related("commune").order_by("position")
    log_read(officer(request), item, ReadEvent.Action.LIST)
    return page(
        request,
        "detail",
        item.title,
        item,
        entries=Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE)),
        imports=item.imports.select_related("by")[:20],
        events=item.events.select_related("by").order_by("-at", "-pk"),
        upload_form=UploadForm(initial={"version": item.version}),
    )


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive a file and show what became of it."""
    item, user = own_list(request, pk), officer(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        sentences = (str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, " ".join(sentences))
        return redirect("registration_list", pk)
    file = form.cleaned_data["file"]
    try:
        made = imports.receive(item, file, file.name, user, form.cleaned_data["version"])
    except RegistrationError as error:
        messages.error(request, str(error))
        return redirect("registration_list", pk)
    if made.state == ListImport.State.APPLIED:
        messages.success(request, _("%(count)s households were read.") % {"count": made.rows})
    return redirect("registration_import", pk, made.pk)


def own_import(request: HttpRequest, pk: int, import_pk: int) -> ListImport:
    """An import of a list in the user's scope."""
    item = own_list(request, pk)
    return get_object_or_404(item.imports.select_related("by", "published_list"), pk=import_pk)


@require_safe
def import_result(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """Errors by sheet, row and column, or the masked preview."""
    found = own_import(request, pk, import_pk)
    item = found.published_list
    entries = item.entries.select_related("commune").order_by("position")
    log_read(officer(request), item, ReadEvent.Action.LIST)
    return page(
        request,
        "import",
        found.file_name,
        item,
        found=found,
        entries=entries[:PER_PAGE] if found.state == ListImport.State.APPLIED else [],
        preview_rows=[
            [*row[:3], Classification(row[3]).label] for row in found.preview.get("rows", [])
        ],
        form=VersionForm(initial={"version": item.version}),
        failed=Job.objects.filter(pk=found.job or 0, state=Job.State.FAILED).exists(),
    )


@require_POST
def import_decide(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """Take a checked file over into a list that is being shown, or drop it."""
    found, user = own_import(request, pk, import_pk), officer(request)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return redirect("registration_import", pk, import_pk)
    if "drop" in request.POST:
        attempt(request, lambda: imports.drop(found, user), _("The file was dropped."))
    else:
        version = form.cleaned_data["version"]
        attempt(
            request, lambda: imports.apply(found, user, version), _("The households were replaced.")
        )
    return redirect("registration_list", pk)
