"""Vietnamese typed while the keyboard's program was off: the keys of Telex and VNI as letters.

`hooj ngheof` and `ho65 nghe2o` are hộ nghèo. Only the plain letters are made again, since words
without accents find those with them.
"""

from __future__ import annotations

import re

_TONE = re.compile(r"(?<=[aeiouyw])[sfrxj](?=(?:[aeiouyw]|ch|ng|nh|[cmnpt])*$)|(?<=[a-z])[sfrxj]$")
_DOUBLE = re.compile(r"([aeod])\1")
_HOOK = re.compile(r"(?<=[aeiouy])w")
_DIGITS = re.compile(r"(?<=[a-z])[1-9]{1,2}(?!\d)")
_VOWEL = re.compile("[aeiou]")
LONGEST = 12


def letters(folded: str) -> str:
    """A word as its keys were meant; the same word where they mean nothing."""
    if len(folded) > LONGEST or not _VOWEL.search(folded):
        return folded
    if any(map(str.isdecimal, folded)):
        return _DIGITS.sub("", folded)
    return _HOOK.sub("", _DOUBLE.sub(r"\1", _TONE.sub("", folded)))
