"""The blind index: equal numbers meet, and nobody without the key can tell which they are."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from portal.privacy.blinding import blind
from portal.privacy.errors import EncryptionError


@pytest.mark.parametrize(
    ("purpose", "left", "right"),
    [
        ("citizen", "008090001234", " 008 090 001 234 "),
        ("citizen", "008090001234", "008.090.001-234"),
        ("citizen", "008090001234", "００８０９０００１２３４"),
        ("insurance", "dn4010123456789", "DN 4 01 0123456789"),
        ("phone", "0912345678", "+84 912 345 678"),
        ("phone", "0912345678", "0084.912.345.678"),
        ("phone", "0912345678", "84912345678"),
        ("phone", "02073822123", "(0207) 3822 123"),
    ],
)
def test_ways_of_writing_one_number_meet(purpose: str, left: str, right: str) -> None:
    assert blind(purpose, left) == blind(purpose, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("citizen", "008090001234"), ("citizen", "008090001235")),
        (("citizen", "008090001234"), ("insurance", "008090001234")),
        (("citizen", "084912345678"), ("citizen", "0912345678")),
        (("card", "012345678"), ("card", "12345678")),
    ],
)
def test_different_numbers_and_purposes_do_not_meet(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    assert blind(*left) != blind(*right)


def test_the_index_cannot_be_made_without_the_key(settings: Any) -> None:
    """Somebody hashes all citizen numbers of a district and compares."""
    found = blind("citizen", "008090001234")
    settings.PRIVACY_BLIND_KEY = b"x" * 32
    assert len(found) == 64
    assert found != hashlib.sha256(b"008090001234").hexdigest()
    assert found != blind("citizen", "008090001234")


@pytest.mark.parametrize(("purpose", "value"), [("citizen", ""), ("citizen", " - "), ("", "1")])
def test_nothing_has_no_index(purpose: str, value: str) -> None:
    """All empty values under one digest would pass for one person."""
    with pytest.raises(ValueError, match="purpose"):
        blind(purpose, value)


def test_without_a_key_there_is_no_index(settings: Any) -> None:
    settings.PRIVACY_BLIND_KEY = b""
    with pytest.raises(EncryptionError):
        blind("citizen", "008090001234")
