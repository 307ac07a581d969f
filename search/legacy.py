"""Texts typed in fonts of before Unicode: TCVN3 (ABC) and VNI, seen as Latin letters.

Both put Vietnamese letters on the places of other Latin letters, so such a text reads as
«Nguy\u00d4n V\u00a8n An». It is repaired when the repaired text has clearly more Vietnamese
syllables than the text as it came. A line that was typed in Unicode, as the mark of a digital
signature is, stays as it is among lines of an old font.
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
_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_SYLLABLE = re.compile(_ONSET + r"[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?")
# With ư and no tone on it, so much stricter than any syllable.
_HORNED = re.compile(_ONSET + r"(?:ư(?:ng|[cmnt]|[aiu])?|ươ(?:ng|[cmnptiu]))")
# Words joined or ended by hyphens. An item of a list ("b- Mục đích") is none of them, but "t- số"
# and, inside a line, "t- Liên tịch" are.
_CAPITAL = f"[{''.join(sign for sign in map(chr, range(0x41, 0x1F00)) if sign.isupper())}]"
_TORN = re.compile(
    rf"(?m)(?<![\w-])(?!^[^\W\d_]- {_CAPITAL}|[^\W\d_cdhlstCDHLST]- )"
    r"[^\W\d_]*(?:[-\ufffe][^\W\d_]*)+(?![\w-])"
)
_WORD = re.compile(r"[^\W\d_]{2,}")  # a sign alone, as ©, tells nothing
_LATIN = re.compile("[\u00a1-\u00ff]")
_MODERN = re.compile("[\u1ea0-\u1ef9ĂăĐđĨĩŨũƠơƯư]")  # of Unicode only
_VIETNAMESE = "àáâãèéêìíòóôõùúý"
_OTHERS = "".join(
    re.escape(sign)
    for sign in map(chr, range(0xA1, 0x100))
    if sign not in _VIETNAMESE + _VIETNAMESE.upper() + "×÷°±²³"
)
# Words with a sign that no Vietnamese word of Unicode has.
_FOREIGN = re.compile(rf"[^\W\d_]*[{_OTHERS}](?:[^\W\d_]|[{_OTHERS}])+")
FOREIGN_WORDS = 4
LONGEST_SYLLABLE = 7
CLEAR_GAIN = 0.4
WORDS_TO_JUDGE, MARKED_TO_JUDGE = 40, 15
LEAST_SYLLABLES, LEAST_VOWELS = 0.1, 0.15
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def _bare(word: str) -> str:
    """A word in lower case without its tone mark."""
    bare = _TONES.sub("", unicodedata.normalize("NFD", word.lower()))
    return unicodedata.normalize("NFC", bare)


def _is_syllable(word: str) -> bool:
    return bool(_SYLLABLE.fullmatch(_bare(word)))


def syllable_ratio(text: str) -> float:
    """The share of words that can be a Vietnamese syllable, from 0 to 1."""
    found = _WORD.findall(text)
    return sum(map(_is_syllable, found)) / len(found) if found else 0.0


def is_gibberish(text: str) -> bool:
    """Whether a font drew other letters than it names: marks of Vietnamese on no syllables of it,
    or hardly a vowel.

    Judged by many different words alone, so that figures, codes and other languages are none:
    they have no such marks, and vowels. Words that lost the spaces between them are not judged.
    """
    found = set(_WORD.findall(text))
    if len(found) < WORDS_TO_JUDGE:
        return False
    marked = [word for word in found if len(word) <= LONGEST_SYLLABLE and _MODERN.search(word)]
    if len(marked) >= MARKED_TO_JUDGE:
        return sum(map(_is_syllable, marked)) < len(marked) / 2
    letters = unicodedata.normalize("NFD", "".join(found).lower())
    vowels, signs = sum(map(letters.count, "aeiouy")), sum(map(str.isalpha, letters))
    return vowels < LEAST_VOWELS * signs and syllable_ratio(" ".join(found)) < LEAST_SYLLABLES


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
    if not _LATIN.search(text):
        return text, None
    if _MODERN.search(text):
        return _repair_lines(text)
    name, _gain = _vote(text)
    return (decode_legacy(text, name), name) if name else (text, None)


def decode_legacy(text: str, encoding: str) -> str:
    """A text that is known to be of an old encoding; letters may come out decomposed.

    TCVN3 has ư in the place of the soft hyphen, which a PDF hands on as a hyphen, at the end of a
    line as U+FFFE, which swallows the break.
    """
    if encoding == "vni":
        return _VNI_PATTERN.sub(lambda match: VNI[match.group()], text)
    return _TORN.sub(_mended, text.translate(TCVN3))


def _vote(text: str) -> tuple[str | None, float]:
    """The encoding that makes most sense of a text, and how much more sense than it makes now."""
    shown = text.replace("\u00ad", "")  # in a text of today it is not to be seen
    now = syllable_ratio(shown) + _accented(shown)
    made = [(decode_legacy(text, name), name) for name in ("tcvn3", "vni")]
    best, name = max((syllable_ratio(one) + _accented(one), name) for one, name in made)
    return (name if best > now else None), best - now


def _repair_lines(text: str) -> tuple[str, str | None]:
    """Repair what stands beside lines of Unicode, if the other lines say clearly what they are."""
    lines = text.split("\n")
    old = "\n".join(line for line in lines if not _MODERN.search(line))
    words = set(_FOREIGN.findall(old))
    name, gain = _vote(old) if len(words) >= FOREIGN_WORDS else (None, 0.0)
    if name is None or gain < CLEAR_GAIN:
        return text, None
    if sum(_is_syllable(decode_legacy(word, name)) for word in words) < FOREIGN_WORDS:
        return text, None
    marks = [_is_old(line, name) for line in lines]
    for places in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        # A line that could be either is of the kind of the one before it, or behind it.
        for place in places:
            if marks[place] is None:
                marks[place] = marks[place - 1 if places.step > 0 else place + 1]
    pairs = zip(lines, marks, strict=True)
    return "\n".join(decode_legacy(line, name) if old else line for line, old in pairs), name


def _is_old(line: str, encoding: str) -> bool | None:
    """Whether a line is of the old encoding; `None` where it could be either."""
    if _MODERN.search(line):
        return False
    changed = decode_legacy(line, encoding)
    now, then = (syllable_ratio(one) + _accented(one) for one in (line, changed))
    return True if then > now and _FOREIGN.search(line) else None


def _mended(match: re.Match[str]) -> str:
    """A token with hyphens where each that is an ư has become one: ph-ơng, l-u, t-."""
    word, *rest = re.split("([-\ufffe])", match.group())
    done = []
    for mark, right in zip(rest[::2], rest[1::2], strict=True):
        if (word or right) and _has_horn(word, right):
            word = f"{word}ư{right}"
            continue
        ends = mark == "\ufffe" and word and _has_horn(word, "")
        done.append(f"{word}ư " if ends else f"{word}{mark}")
        word = right
    return "".join([*done, word])


def _has_horn(left: str, right: str) -> bool:
    """Whether an ư between the two makes a syllable; in KH-UBND it does not."""
    word = len(left) + len(right) < LONGEST_SYLLABLE and not (left.isupper() and len(left) > 1)
    return word and bool(_HORNED.fullmatch(_bare(f"{left}ư{right}")))
