"""Errors of the room; none of them repeats a value."""

from __future__ import annotations


class PrivacyError(Exception):
    """Base of the room's errors."""


class EncryptionError(PrivacyError):
    """A value could not be encrypted; nothing was saved."""


class DecryptionError(PrivacyError):
    """A stored value was changed, moved to another place, or belongs to another key."""


class AppendOnlyError(PrivacyError, TypeError):
    """Somebody tried to change or delete what is written once."""
