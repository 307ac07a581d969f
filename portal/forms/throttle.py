"""How much one network address may do in a quarter of an hour; it is kept as a blind value only.

Counted beside the attempts at references and codes, under marks of its own: who comments a lot
locks nobody out of a form.
"""

from __future__ import annotations

from django.http import HttpRequest

from portal.forms.access import WINDOW
from portal.forms.errors import ManyStartsError
from portal.forms.models import AccessAttempt
from portal.jobs import clock
from portal.jobs.visitors import client_address
from portal.privacy.blinding import blind

MARK = "gui:"
START = "khai"
# A commune's office or a mobile network shares one address: a whole village may begin at a meeting.
MOST_STARTS = 60
WAIT_SECONDS = int(WINDOW.total_seconds())


def spend(purpose: str, address: str, most: int) -> bool:
    """Count one more, in the caller's transaction; `False` beyond `most`, and nothing is counted.

    `purpose` has at most eleven letters.
    """
    blinded = blind(f"network address of {purpose}", address)
    now = clock.now()
    done = AccessAttempt.objects.filter(address=blinded, at__gte=now - WINDOW)
    if done.count() >= most:
        return False
    AccessAttempt.objects.create(
        reference=f"{MARK}{purpose}",
        address=blinded,
        outcome=AccessAttempt.Outcome.OPENED,
        at=now,
    )
    return True


def spend_start(request: HttpRequest) -> None:
    """One more form begun from this address. Raises `ManyStartsError`."""
    if not spend(START, client_address(request), MOST_STARTS):
        raise ManyStartsError
