"""Files of questions as answers: for saving, never run, never kept by a cache."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.dialogue.questions.desk_views import own_question, reader
from portal.dialogue.questions.models import QuestionFile
from portal.privacy.services import log_read


def file_answer(row: QuestionFile, name: str) -> FileResponse:
    """To be saved under a name; a sandbox for whoever opens it in the browser all the same."""
    answer = FileResponse(
        io.BytesIO(row.content), as_attachment=True, filename=name, content_type=row.mime
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def desk_file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """One file of a question in the officer's scope; whoever reads it has read the question."""
    question = own_question(request, pk)
    row = get_object_or_404(QuestionFile, question=question, number=number)
    log_read(reader(request), question)
    return file_answer(row, row.name or row.plain_name)
