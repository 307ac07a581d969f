"""How much one network address may send; it is kept as a blind value only.

Counted beside the attempts at references and codes, under marks of its own: who comments a lot
locks nobody out of a form.
"""

from __future__ import annotations

from portal.dialogue.errors import TooManyError
from portal.forms.access import WINDOW
from portal.forms.models import AccessAttempt
from portal.jobs import clock
from portal.privacy.blinding import blind

MARK = "gui:"


def spend(purpose: str, address: str, most: int) -> None:
    """Count one more, in the writer's transaction. Raises `TooManyError` beyond `most`.

    `purpose` has at most eleven letters.
    """
    blinded = blind(f"network address of {purpose}", address)
    now = clock.now()
    sent = AccessAttempt.objects.filter(address=blinded, at__gte=now - WINDOW)
    if sent.count() >= most:
        raise TooManyError
    AccessAttempt.objects.create(
        reference=f"{MARK}{purpose}",
        address=blinded,
        outcome=AccessAttempt.Outcome.OPENED,
        at=now,
    )
