"""What documents use is not deleted; the editor reads how many use it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail_modeladmin.views import DeleteView


class InUseDeleteView(DeleteView):
    """Asks the database before it asks the editor."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the list with a sentence, where anything uses the entry."""
        uses = self.instance.officialdocumentpage_set.count()
        allowed = self.permission_helper.user_has_specific_permission(
            request.user, f"delete_{self.model._meta.model_name}"
        )
        if uses and allowed:
            sentence = ngettext(
                "“%(entry)s” cannot be deleted: %(count)s document uses it.",
                "“%(entry)s” cannot be deleted: %(count)s documents use it.",
                uses,
            )
            messages.error(request, sentence % {"entry": self.instance, "count": uses})
            back: HttpResponse = redirect(self.index_url)
            return back
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer
