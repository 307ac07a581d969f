"""Codes into words, by the frozen wordings of a standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from portal.registration.standards.evidence import Evidence
from portal.registration.standards.model import Standard

NUMBER = "#"


class Wording(NamedTuple):
    """The words of one language; `facts` leads from fact and value to a phrase."""

    language: str
    member: str
    points: str
    states: Mapping[str, str]
    answers: Mapping[str, str]
    facts: Mapping[str, Mapping[Any, str]]

    def sentence(self, evidence: Iterable[Evidence]) -> str:
        """“Thành viên 2: 17 tuổi, không đi học; Thành viên 3: …”."""
        text, before = "", None
        for who, fact, value in evidence:
            phrases = self.facts[fact]
            phrase = phrases.get(value) or phrases[NUMBER].replace("{}", self.number(value))
            if not text:
                text = self._name(who) + phrase
            elif who and who == before:
                text = f"{text}, {phrase}"
            else:
                text = f"{text}; {self._name(who)}{phrase}"
            before = who
        return text

    def number(self, value: Any) -> str:
        """39,5 in Vietnamese, 39.5 in English, 40 for 40.0."""
        text = str(value).removesuffix(".0")
        return text if self.language == "en" else text.replace(".", ",")

    def _name(self, who: int) -> str:
        return self.member.replace("{}", str(who)) if who else ""


@lru_cache(maxsize=64)
def wording(standard: Standard, language: str) -> Wording:
    """The words of a standard; Vietnamese unless English is asked for."""
    language = "en" if language.startswith("en") else "vi"
    words = standard.words
    return Wording(
        language=language,
        member=words["member"][language],
        points=words["points"][language],
        states=_one(words["states"], language),
        answers=_one(words["answers"], language),
        facts={fact: _fact(values, language) for fact, values in words["facts"].items()},
    )


def _one(table: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    return {code: words[language] for code, words in table.items()}


def _fact(values: Mapping[str, Mapping[str, str]], language: str) -> dict[Any, str]:
    """Phrases by value; the number 0 has a phrase of its own where the file has one."""
    found: dict[Any, str] = dict(_one(values, language))
    if "0" in found:
        found[0] = found["0"]
    return found
