"""References and codes of forms: `RS-26-7K3M-9Q2C` and eight digits, both given at the start.

The reference is an address, not a key (design decision 11): it may be read out on the telephone.
Only together with the code does it open anything.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
SHAPE = re.compile(r"([A-Z]{2})([0-9]{2})([0-9A-HJKMNP-TV-Z]{8})")
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]")  # what people write between the groups
MISREAD = str.maketrans("OIL", "011")
LONGEST_TYPED = 100
CODE_DIGITS = 8


def new_reference(prefix: str, on: date) -> str:
    """A fresh reference; that it is not taken the database decides."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(7))
    return _in_groups(prefix, f"{on:%y}", body + check_letter(f"{prefix}{on:%y}{body}"))


def check_letter(start: str) -> str:
    """The last letter, over the eleven before it: a weighted sum in the field of 32 elements.

    The weights are powers of a generator, all different, so one wrong letter and two neighbours
    exchanged are always noticed, in the prefix and the year too.
    """
    total = 0
    for place, letter in enumerate(start):
        value = ord(letter) - ord("A") if place < 2 else ALPHABET.index(letter)
        total = _times_two(total) ^ value
    return ALPHABET[_times_two(total)]


def read_reference(typed: str) -> str | None:
    """A typed reference in its standard form; `None` when it cannot be one.

    Small letters, spaces and missing dashes are understood, and O, I, L are read as 0, 1, 1.
    """
    plain = BETWEEN.sub("", typed[:LONGEST_TYPED]).upper()
    plain = plain[:2] + plain[2:].translate(MISREAD)
    found = SHAPE.fullmatch(plain)
    if found is None or check_letter(plain[:-1]) != plain[-1]:
        return None
    return _in_groups(*found.groups())


def _in_groups(prefix: str, year: str, rest: str) -> str:
    return f"{prefix}-{year}-{rest[:4]}-{rest[4:]}"


def new_code() -> str:
    """Eight random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def read_code(typed: str) -> str | None:
    """The digits of a typed code; `None` when there are not eight."""
    digits = BETWEEN.sub("", typed[:LONGEST_TYPED])
    return digits if re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", digits) else None


def shown_code(code: str) -> str:
    """In two groups, so that it can be copied by hand: `1234 5678`."""
    return f"{code[:4]} {code[4:]}"


def _times_two(value: int) -> int:
    """Multiply by the generator of GF(32), modulo x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
