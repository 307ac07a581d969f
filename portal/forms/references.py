"""References and codes of forms: `RS-26-7K3M-9Q2D` and eight digits, both given at the start.

The reference is an address, not a key (design decision 11): it may be read out on the telephone.
Only together with the code does it open anything.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
SHAPE = re.compile(r"([A-Z]{2})(\d{2})([0-9A-HJKMNP-TV-Z]{8})")
MISREAD = str.maketrans("OIL", "011")
CODE_DIGITS = 8


def new_reference(prefix: str, on: date) -> str:
    """A fresh reference; that it is not taken the database decides."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(7))
    whole = body + check_letter(body)
    return f"{prefix}-{on:%y}-{whole[:4]}-{whole[4:]}"


def check_letter(body: str) -> str:
    """The last letter: a weighted sum in the field of 32 elements.

    The weights are powers of a generator, so one wrong letter and two neighbours exchanged are
    always noticed.
    """
    total = 0
    for letter in body:
        total = _times_two(total) ^ ALPHABET.index(letter)
    return ALPHABET[_times_two(total)]


def read_reference(typed: str) -> str | None:
    """A typed reference in its standard form; `None` when it cannot be one.

    Small letters, spaces and missing dashes are understood, and O, I, L are read as 0, 1, 1.
    """
    plain = re.sub(r"[\s\-–—_.]", "", typed).upper()
    body = plain[4:].translate(MISREAD)
    found = SHAPE.fullmatch(plain[:4] + body)
    if found is None or check_letter(body[:7]) != body[7]:
        return None
    prefix, year, rest = found.groups()
    return f"{prefix}-{year}-{rest[:4]}-{rest[4:]}"


def new_code() -> str:
    """Eight random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def read_code(typed: str) -> str | None:
    """The digits of a typed code; `None` when there are not eight."""
    digits = re.sub(r"[\s\-.]", "", typed)
    return digits if re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", digits) else None


def shown_code(code: str) -> str:
    """In two groups, so that it can be copied by hand: `1234 5678`."""
    return f"{code[:4]} {code[4:]}"


def _times_two(value: int) -> int:
    """Multiply by the generator of GF(32), modulo x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
