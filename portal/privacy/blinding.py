"""Blind index: exact match on an encrypted value without keeping the value readable."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from django.conf import settings

from portal.privacy.errors import EncryptionError

PHONE = "phone"


def blind(purpose: str, value: str) -> str:
    """HMAC-SHA256 as 64 hex digits, under a key of its own for each purpose.

    "0912 345 678" and "0912.345.678" give one result, and so do the ways of writing a phone
    number (+84, 84, 0) under the purpose "phone". The same number gives unrelated results under
    two purposes. Raises `ValueError` for an empty purpose or value, `EncryptionError` without key.
    """
    plain = normalised(purpose, value)
    if not purpose or not plain:
        raise ValueError("a blind index needs a purpose and a value")
    key = getattr(settings, "PRIVACY_BLIND_KEY", b"")
    if not isinstance(key, bytes) or len(key) < 32:
        raise EncryptionError("no usable key for the blind index; nothing was saved")
    own = hmac.digest(key, purpose.encode(), hashlib.sha256)
    return hmac.new(own, plain.encode(), hashlib.sha256).hexdigest()


def normalised(purpose: str, value: str) -> str:
    """Letters and digits alone, in capitals, in ASCII digits; phone numbers with a leading 0."""
    text = unicodedata.normalize("NFKC", value).upper()
    plain = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in text
        if letter.isalnum()
    )
    if purpose != PHONE:
        return plain
    national = plain.removeprefix("00") if plain.startswith("0084") else plain
    return f"0{national[2:]}" if national.startswith("84") and len(national) > 10 else national
