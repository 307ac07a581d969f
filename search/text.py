"""Vietnamese text for search and sorting: one form, folded letters, words, keys.

Everything here keeps to one rule: accents rank, they do not exclude (design decision 4). Text is
NFC with the tone mark in one place; the folded track has one ASCII letter for each letter, so
that positions found in it are positions in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from search.legacy import looks_vietnamese, repair_legacy

__all__ = [
    "exact",
    "fold",
    "looks_vietnamese",
    "name_key",
    "name_sort_key",
    "nfc",
    "place_tones",
    "repair_legacy",
    "slugify_vi",
    "sort_key",
    "spellings",
    "words",
]

# The language has some seven thousand syllables, each in two or three ways of writing.
KEPT_SYLLABLES = 20_000
VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_OPEN = re.compile(r"(o[ae]|uy)(?![a-zăâêôơưđ])", re.IGNORECASE)
# An apostrophe inside a name (H'Mông) does not split it.
APOSTROPHES = "['’ʼ]"
_APOSTROPHE = re.compile(rf"(?<=\w){APOSTROPHES}(?=\w)")


def nfc(text: str) -> str:
    """Composed letters (TCVN 6909:2001)."""
    return unicodedata.normalize("NFC", text)


def _fold_letter(letter: str) -> str:
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    parts = unicodedata.normalize("NFKD", letter)
    plain = parts[0].isascii() and all(map(unicodedata.combining, parts[1:]))
    return parts[0] if plain else letter


# Every usual letter stands in the table: one that it lacks takes twice as long as one that it has.
_USUAL = 0x2100
_FOLD = dict(enumerate(map(chr, range(_USUAL)))) | {
    code: _fold_letter(chr(code)) for code in [*range(0xA0, 0x250), *range(0x1E00, 0x1F00)]
}


def fold(text: str) -> str:
    """Lower-case letters without marks, one for each letter of the NFC text; đ becomes d.

    A raised digit becomes a plain one, so that `120 m2` finds `120 m²`.
    """
    return nfc(text).translate(_FOLD).lower()


def _split_tone(syllable: str) -> tuple[str, str]:
    """The syllable without its tone mark, and the mark."""
    tone = ""
    letters = []
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in TONES:
            tone = letter
        else:
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def place_tones(text: str) -> str:
    """Tone marks in the older place: hoà is written hòa, uỷ is written ủy."""
    return _WORD.sub(lambda match: _place(match.group()), nfc(text))


@lru_cache(maxsize=KEPT_SYLLABLES)
def _place(word: str) -> str:
    bare, tone = _split_tone(word)
    found = _OPEN.search(bare)
    if not tone or not found or found.end() != len(bare) or bare[: found.start()].lower() == "q":
        return word
    if sum(unicodedata.normalize("NFD", word).count(mark) for mark in TONES) != 1:
        return word
    first = found.start()
    return nfc(bare[: first + 1] + tone + bare[first + 1 :])


def exact(text: str) -> str:
    """The exact track: NFC, one place for tone marks, lower case."""
    return place_tones(text).lower()


def words(text: str) -> list[str]:
    """The words of a text, in order, lower case, marks kept."""
    return _WORD.findall(_APOSTROPHE.sub("", exact(text)))


_SAME_SOUND = {"ly": "li", "my": "mi", "ky": "ki", "sy": "si", "ty": "ti", "hy": "hi", "quy": "qui"}
_SAME_SOUND |= {right: left for left, right in _SAME_SOUND.items()}


def spellings(word: str) -> tuple[str, ...]:
    """The folded word and its other spelling with y or i, for the few that have one."""
    folded = fold(word)
    other = _SAME_SOUND.get(folded)
    return (folded, other) if other else (folded,)


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{index:02d}" for index, letter in enumerate(_ALPHABET, start=10)}
_TONE_RANK = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def sort_key(text: str) -> str:
    """A key that sorts as Vietnamese dictionaries do: An, Ăn, Ân, Bình, Dung, Đức."""
    letters, tones = [], []
    for word in words(text):
        bare, tone = _split_tone(word)
        letters.append("".join(_RANK.get(letter, f"0{letter}") for letter in bare))
        tones.append(_TONE_RANK.get(tone, "0"))
    return " ".join(letters) + "  " + "".join(tones)


def name_sort_key(name: str) -> str:
    """People by given name (the last word), then family and middle names."""
    parts = nfc(name).split()
    return sort_key(" ".join([*parts[-1:], *parts[:-1]]))


def name_key(name: str) -> str:
    """A name as officers look for it: folded, single spaces."""
    return " ".join(fold(place_tones(name)).split())


def slugify_vi(text: str) -> str:
    """An address part: đường becomes duong."""
    return (
        "-".join(_WORD.findall(fold(_APOSTROPHE.sub("", text)))).encode("ascii", "ignore").decode()
    )
