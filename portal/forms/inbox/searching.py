"""What an officer looks for: a name, a reference or a whole citizen number.

What was typed travels in the address sealed and bound to the officer: it can be kept, paged and
sorted, while no name or number reaches the browser's history or a log (design decision 12).
"""

from __future__ import annotations

import base64
import json
import re
from enum import Enum

from django.db.models import Q, QuerySet

from portal.areas.models import User
from portal.forms.kinds.base import text_of
from portal.forms.models import Submission
from portal.forms.references import read_reference
from portal.forms.services import CITIZEN
from portal.privacy.blinding import blind, normalised
from portal.privacy.errors import DecryptionError
from portal.privacy.sealing import seal, unseal
from search.text import name_key

PLACE = "forms.inbox.search"
LONGEST = 100
MOST_WORDS = 10
NUMBER = re.compile(r"\d{9}|\d{12}", re.ASCII)


class Kind(Enum):
    """What the typed text is taken for."""

    NOTHING = "nothing"
    NAME = "name"
    REFERENCE = "reference"
    CITIZEN = "citizen"


def kind_of(typed: str) -> Kind:
    """A citizen number in full, a reference, else words of a name."""
    if NUMBER.fullmatch(normalised(CITIZEN, typed)):
        return Kind.CITIZEN
    if read_reference(typed):
        return Kind.REFERENCE
    return Kind.NAME if name_key(typed) else Kind.NOTHING


def narrow(rows: QuerySet[Submission], typed: str) -> QuerySet[Submission]:
    """The records that fit; every word must begin a word of the name, in any order.

    Within words nothing is looked for: "an" would find every Trần and every Lan.
    """
    kind = kind_of(typed)
    if kind is Kind.CITIZEN:
        return rows.filter(citizen_blind=blind(CITIZEN, typed))
    if kind is Kind.REFERENCE:
        return rows.filter(reference=read_reference(typed))
    for word in name_key(typed).split()[:MOST_WORDS]:
        rows = rows.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return rows


def cleaned(typed: str) -> str:
    """As it is searched for: one line, NFC, without invisible letters."""
    return " ".join(text_of(typed).split())[:LONGEST]


def sealed(typed: str, user: User) -> str:
    """What was typed as part of an address; only this officer's pages open it again."""
    body = json.dumps([user.pk, typed]).encode()
    return base64.urlsafe_b64encode(seal(body, PLACE)).decode().rstrip("=")


def opened(token: str, user: User) -> str | None:
    """What was typed; `None` for an address that was changed, or that another user made."""
    try:
        body = base64.urlsafe_b64decode(token.encode("ascii") + b"==")
        owner, typed = json.loads(unseal(body, PLACE))
    except (DecryptionError, ValueError, TypeError):
        return None
    return str(typed) if owner == user.pk else None
