"""Texts of cells without what cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from search.text import nfc

# In TCVN3 the soft hyphen is the letter ư, so it stays until the font is known.
_HORN = "\u00ad"
# PostgreSQL takes no text with the first of the controls; the signs of format turn or hide what
# is read. Controls of Latin-1 stay: they tell of a font that nobody knows.
_SIGNS = (*range(0x80), *range(0xA0, 0x3000), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0200))
_INVISIBLE = dict.fromkeys(
    code
    for code in _SIGNS
    if unicodedata.category(chr(code)) in {"Cc", "Cf"} and not chr(code).isspace()
)
_INVISIBLE.pop(ord(_HORN))
_BREAKS = re.compile("(?<=[^\\W\\d_])[\u200b\u2060\ufeff]+(?=[^\\W\\d_])")


def tidy(text: str) -> str:
    """NFC, one space between words, no sign without a shape."""
    parted = _BREAKS.sub(_parted, nfc(text)) if not text.isascii() else text
    return " ".join(parted.translate(_INVISIBLE).split())


def shown(text: str) -> str:
    """A tidy text whose font is known, so that a soft hyphen is one."""
    return text.replace(_HORN, "")


def _parted(found: re.Match[str]) -> str:
    """A break of width zero before a capital stands where a space was meant: An|Văn, not A|n."""
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return " " if before.islower() and after.isupper() else ""
