"""What the text of a page is worth: letters as people read them, or nothing."""

from __future__ import annotations

import re
import unicodedata

from search.legacy import is_gibberish
from search.text import nfc, repair_legacy

STRANGE_SIGNS, STRANGE_SHARE = 5, 0.03
_LINE_HYPHEN = re.compile("(?<=\\w)\ufffe(?=\\w)")


def clean(text: str) -> str:
    """The text of a page as people read it; nothing of a font whose letters have no names, or
    wrong ones.

    Such a font gives numbers of shapes instead of letters, or other letters: what is left would
    neither be found nor be understood.
    """
    repaired, _encoding = repair_legacy(nfc(text.replace("\r\n", "\n")))
    joined = nfc(_LINE_HYPHEN.sub("-", repaired))
    strange = sum(map(_is_strange, joined))
    if strange >= STRANGE_SIGNS and strange > STRANGE_SHARE * len(joined):
        return ""
    if is_gibberish(joined):
        return ""
    return "".join(" " if _is_strange(sign) else sign for sign in joined) if strange else joined


def letters_in(text: str) -> int:
    """How many letters and digits."""
    return sum(map(str.isalnum, text))


def _is_strange(sign: str) -> bool:
    return sign == "\ufffd" or (sign not in "\n\t" and unicodedata.category(sign) in {"Cc", "Cn"})
