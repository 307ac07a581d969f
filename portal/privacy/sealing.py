"""Sealed values: AES-256-GCM with the key's id in front and the place as associated data.

A sealed value is `<key id>:` + 12 bytes nonce + cipher text + 16 bytes tag. The place
("table.column") is authenticated, so a value copied into another column does not open.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from portal.privacy.errors import DecryptionError, EncryptionError

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")


def current_key_id() -> str:
    """Id of the key that new values are sealed with."""
    return str(getattr(settings, "PRIVACY_KEY_ID", ""))


def seal(clear: bytes, place: str) -> bytes:
    """Encrypt with the current key. Raises `EncryptionError`, never returns clear text."""
    key_id = current_key_id()
    key = _keys().get(key_id)
    if not KEY_ID.fullmatch(key_id) or not _is_key(key):
        raise EncryptionError(f"no usable key “{key_id}” for {place}; nothing was saved")
    nonce = secrets.token_bytes(NONCE_BYTES)
    try:
        body = AESGCM(key or b"").encrypt(nonce, clear, place.encode())
    except (ValueError, OverflowError, TypeError) as error:
        raise EncryptionError(f"{place} could not be encrypted; nothing was saved") from error
    return key_id.encode() + b":" + nonce + body


def unseal(sealed: bytes, place: str) -> bytes:
    """Decrypt with the key that the value names. Raises `DecryptionError`."""
    key_id = key_id_of(sealed)
    key = _keys().get(key_id)
    if not _is_key(key):
        raise DecryptionError(f"the key “{key_id}” of a value in {place} is not known")
    body = sealed[len(key_id) + 1 :]
    try:
        return AESGCM(key or b"").decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise DecryptionError(f"a value in {place} was changed or moved") from error


def key_id_of(sealed: bytes) -> str:
    """The key a sealed value names; empty when it is no sealed value."""
    head, mark, _body = sealed[:17].partition(b":")
    name = head.decode("ascii", "replace") if mark else ""
    return name if KEY_ID.fullmatch(name) else ""


def _keys() -> Mapping[str, bytes]:
    keys: Mapping[str, bytes] = getattr(settings, "PRIVACY_KEYS", {})
    return keys


def _is_key(key: bytes | None) -> bool:
    return isinstance(key, bytes) and len(key) == KEY_BYTES
