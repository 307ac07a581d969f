"""Taking a request in, once whatever is sent again."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from portal.dialogue.errors import DialogueError
from portal.dialogue.throttle import spend
from portal.forms.references import new_code, new_reference
from portal.jobs import clock
from portal.privacy.subject_requests import SubjectRequest, receive

PREFIX = "DL"
MOST_REQUESTS = 3  # from one network address in a quarter of an hour
TRIES = 5


def file_request(
    key: uuid.UUID, kind: str, private: dict[str, str], address: str
) -> SubjectRequest:
    """A request with reference and code; the same key gives the same one. Raises `TooManyError`."""
    for _try in range(TRIES):
        sent = SubjectRequest.objects.filter(key=key).first()
        if sent is not None:
            return sent
        codes = (new_reference(PREFIX, clock.today()), new_code())
        try:
            with transaction.atomic():
                spend("request", address, MOST_REQUESTS)
                return receive(key, kind, private, codes)
        except IntegrityError:
            continue  # the reference is taken, or the same form came twice at once
    raise DialogueError
