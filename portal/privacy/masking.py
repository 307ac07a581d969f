"""Keeps personal data out of logs and error reports (design decision 12)."""

from __future__ import annotations

import logging
import re
from ipaddress import AddressValueError, IPv4Address

NUMBER, PHONE, EMAIL = "[number]", "[phone]", "[e-mail]"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# +84, 0084 or 0, alone or in groups. A date such as 01-12-2026 and a fraction do not fit.
_PHONE = re.compile(r"(?<![\d.])(?:(?:\+|00)84[ .-]?\d|0\d)\d{1,2}(?:[ .-]?\d{2,4}){2,3}(?!\d)")
_GROUPS = re.compile(r"(?<!\d)\d{3}(?:[ .-]\d{3}){2,3}(?!\d)")
_CITIZEN = re.compile(r"(?<!\d)\d{12}(?!\d)")
# Identity card (9 digits), insurance (10, or 13 after two letters).
_DIGITS = re.compile(r"(?<!\d)\d{9,13}(?!\d)")
_PLAIN = logging.Formatter()


def mask_text(text: str) -> str:
    """The text without citizen, card, insurance and phone numbers and e-mail addresses."""
    text = _CITIZEN.sub(NUMBER, _EMAIL.sub(EMAIL, text))
    text = _PHONE.sub(_phone, text)
    return _DIGITS.sub(NUMBER, _GROUPS.sub(_number, text))


def _phone(found: re.Match[str]) -> str:
    digits = sum(letter.isdigit() for letter in found.group())
    return PHONE if 10 <= digits <= 13 else found.group()


def _number(found: re.Match[str]) -> str:
    """Groups of three digits are a number, unless they are the address of a machine."""
    try:
        return str(IPv4Address(found.group()))
    except AddressValueError:
        return NUMBER


class MaskingFilter(logging.Filter):
    """Masks a record's message with its arguments, its traceback and its stack.

    It stands on the handlers, so that records of every library pass through it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask_text(_message(record)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _PLAIN.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_text(record.exc_text)
        if record.stack_info:
            record.stack_info = mask_text(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    """The message with its arguments; a faulty format loses neither the line nor the mask."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args}"
