"""Where the back office opens: officers on today's work, editors on their pages (decision 20)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.home import HomeView
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.forms.inbox.access import may_see


@require_admin_access
def first_page(request: HttpRequest) -> HttpResponseBase:
    """Somebody with an area and no pages to edit goes to the day's work."""
    user = request.user
    edits = user.is_superuser or PagePermissionPolicy().explorable_instances(user).exists()
    if may_see(user) and not edits:
        return redirect("forms_today")
    response: HttpResponseBase = HomeView.as_view()(request)
    return response
