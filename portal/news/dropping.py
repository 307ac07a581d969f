"""Files dropped on an editor's form: kept at once, then told of as soon as they are read.

The file is a file of the portal from then on, as if it had been uploaded through the chooser; it
hangs on the page when the form is saved.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.documents.forms import get_document_form
from wagtail.permissions import policy_registry

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.news import files, reading_files
from portal.news.documents import OfficialDocumentPage
from portal.news.numbers import number_key
from portal.news.proposals import Proposal

BAD_REQUEST = 400


@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    """Keep one file; its number, title and addresses, or the sentence that refuses it."""
    user, file = _user(request), request.FILES.get("file")
    collection = _policy().collections_user_has_permission_for(user, "add").first()
    if collection is None:
        return _refusal(_("You may not add files."))
    if file is None:
        return _refusal(_("No file arrived. Please try again."))
    values = {"title": _title(file), "collection": collection.pk, "tags": ""}
    form = get_document_form(PortalDocument)(
        data=values,
        files={"file": file},
        instance=PortalDocument(uploaded_by_user=user),
        user=user,
    )
    if not form.is_valid():
        return _refusal(next(text for texts in form.errors.values() for text in texts))
    document = form.save()
    reading_files.read_soon([document], user)
    return JsonResponse(
        {
            "id": document.pk,
            "title": document.title,
            "edit_url": reverse("wagtaildocs:edit", args=[document.pk]),
            "state_url": reverse("news_dropped", args=[document.pk]),
        }
    )


@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Pages, state of the text and, of an official document, the proposals, as a piece of HTML.

    202 while the worker has not read the file yet.
    """
    user = _user(request)
    document = get_object_or_404(PortalDocument, pk=pk)
    if not _policy().user_has_permission_for_instance(user, "change", document):
        raise Http404
    proposal = reading_files.proposal_for([document]) if "de-xuat" in request.GET else None
    context = {
        "files": [files.dropped(document)],
        "proposal": proposal,
        "same": _same_number(user, proposal),
        "warnings": reading_files.marks_told([document]),
        "fill": True,
    }
    waits = reading_files.is_waiting(document)
    return render(request, "news/admin/_file_lines.html", context, status=202 if waits else 200)


def _policy() -> Any:
    """Wagtail's rights over files, by collection."""
    return policy_registry.get_by_type(PortalDocument)


def _same_number(user: User, proposal: Proposal | None) -> list[OfficialDocumentPage]:
    """Documents with the number that the file carries, as far as the user may edit them."""
    if proposal is None or not proposal.number:
        return []
    found = OfficialDocumentPage.objects.filter(number_key=number_key(proposal.number)).order_by(
        "-issued_on"
    )[:5]
    return [page for page in found if page.live or page.permissions_for_user(user).can_edit()]


def _title(file: UploadedFile[Any]) -> str:
    return PurePath(file.name or "").stem[:255] or "tệp"


def _refusal(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=BAD_REQUEST)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
