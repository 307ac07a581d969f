"""Names of heads of household and villages: what is accepted, and the keys made of them."""

from __future__ import annotations

import unicodedata
from itertools import product

from django.utils.translation import gettext as _

from portal.registration.models import NAME_LENGTH
from search.text import repair_legacy, slugify_vi

FORMULA_SIGNS = "=+-@\t\r"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
PLAIN = "abcdđefghijklmnopqrstuvwxyz"
OF_HIGHLAND_LANGUAGES = "ĕĭŏŭčñƀ"
VIETNAMESE = {
    unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", TONES)
}
IN_NAMES = VIETNAMESE | set(PLAIN) | set(OF_HIGHLAND_LANGUAGES) | set(" '’-.")


def tidy(text: str) -> str:
    """NFC, without invisible signs, one space between words."""
    shown = (" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    kept = "".join(char for char in shown if unicodedata.category(char) not in {"Cc", "Cf"})
    return " ".join(kept.split())


def problem_of_name(name: str) -> str | None:
    """Why this cannot be a person's full name, in a sentence that does not repeat it."""
    if not name:
        return _("The name is missing.")
    if name[0] in FORMULA_SIGNS:
        return _("The cell begins like a formula.")
    if len(name) > NAME_LENGTH:
        return _("The name is longer than %(most)s characters.") % {"most": NAME_LENGTH}
    if any(char.isdigit() for char in name):
        return _("A name has no digits.")
    if not set(name.lower()) <= IN_NAMES or repair_legacy(name)[1]:
        return _("The name has signs that are no letters; perhaps an old font (TCVN3, VNI).")
    return None


def problem_of_village(village: str) -> str | None:
    """Why this cannot be a village's name."""
    if not village:
        return _("The village is missing.")
    if village[0] in FORMULA_SIGNS:
        return _("The cell begins like a formula.")
    if len(village) > NAME_LENGTH:
        return _("The village's name is longer than %(most)s characters.") % {"most": NAME_LENGTH}
    if not village_key(village):
        return _("The village's name has no letters or digits.")
    return None


def village_key(village: str) -> str:
    """The village in an address; spellings that differ in case and accents are one village."""
    return slugify_vi(village)[:NAME_LENGTH]
