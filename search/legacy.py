"""Texts typed in fonts of before Unicode: TCVN3 (ABC) and VNI, seen as Latin letters.

Both put Vietnamese letters on the places of other Latin letters, so such a text reads as
«Nguy\u00d4n V\u00a8n An». It is repaired when the repaired text has clearly more Vietnamese
syllables than the text as it came.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_FROM = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_TO = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOF = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for base in "aeouyôö":
        for mark, tone in _MARKS.items():
            table[base + mark] = _VNI_SINGLE.get(base, base) + tone
    for base in "aeo":
        for mark, tone in _ROOF.items():
            table[base + mark] = base + "\u0302" + tone
    for mark, tone in _BREVE.items():
        table["a" + mark] = "a\u0306" + tone
    table |= _VNI_SINGLE
    upper = {left.upper(): right.upper() for left, right in table.items()}
    return {k: unicodedata.normalize("NFC", v) for k, v in (table | upper).items()}


VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]{2,}")  # a sign alone, as ©, tells nothing
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def _is_syllable(word: str) -> bool:
    bare = _TONES.sub("", unicodedata.normalize("NFD", word.lower()))
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def syllable_ratio(text: str) -> float:
    """The share of words that can be a Vietnamese syllable, from 0 to 1."""
    found = _WORD.findall(text)
    return sum(map(_is_syllable, found)) / len(found) if found else 0.0


def looks_vietnamese(text: str) -> bool:
    """Whether most words can be Vietnamese syllables."""
    return syllable_ratio(text) >= 0.7


def _accented(text: str) -> float:
    """The share of words that can be a syllable and carry a mark."""
    found = _WORD.findall(text)
    good = [word for word in found if not word.isascii() and _is_syllable(word)]
    return len(good) / len(found) if found else 0.0


def repair_legacy(text: str) -> tuple[str, str | None]:
    """The text in Unicode, and which old encoding it was in ("tcvn3", "vni"), `None` if none."""
    if not re.search("[\u00a1-\u00ff]", text):
        return text, None
    as_tcvn3 = text.translate(TCVN3)
    as_vni = _VNI_PATTERN.sub(lambda match: VNI[match.group()], text)
    now = syllable_ratio(text) + _accented(text)
    best, name = max(
        (syllable_ratio(as_tcvn3) + _accented(as_tcvn3), "tcvn3"),
        (syllable_ratio(as_vni) + _accented(as_vni), "vni"),
    )
    if re.search("[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0\u0103]", text) or best <= now:
        return text, None
    return (as_tcvn3, name) if name == "tcvn3" else (as_vni, name)
