"""What whoever asks agrees to; the version stands beside the proof of every consent."""

from __future__ import annotations

from django.utils.translation import gettext_noop

VERSION = "hoi-dap-2"
PURPOSE = "question"
LEGAL_BASIS = "Luật 91/2025/QH15, Điều 9"
WORDING = gettext_noop(
    "I agree that the agency uses my name, my contact and the files that I attach to answer this "
    "question. Name and contact are not published unless I allow my name to be shown; files only "
    "where they tell nothing of a person. All are erased 90 days after the answer, one year after "
    "sending at the latest, but for what is published. I may withdraw my agreement."
)
