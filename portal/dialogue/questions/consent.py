"""What whoever asks agrees to; the version stands beside the proof of every consent."""

from __future__ import annotations

from django.utils.translation import gettext_noop

VERSION = "hoi-dap-1"
PURPOSE = "question"
LEGAL_BASIS = "Luật 91/2025/QH15, Điều 9"
WORDING = gettext_noop(
    "I agree that the agency uses my name and contact to answer this question. They are not "
    "published unless I allow my name to be shown, and are erased 90 days after the answer, one "
    "year after sending at the latest. I may withdraw my agreement."
)
