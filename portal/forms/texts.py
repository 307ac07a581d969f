"""A text of a questionnaire in both languages; the Vietnamese one is what the law prints."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Text:
    """Shown in the language of the request; without an English text in Vietnamese."""

    vi: str = ""
    en: str = ""

    def __str__(self) -> str:
        language = (get_language() or "vi").split("-")[0]
        return self.en if language == "en" and self.en else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi)


NOTHING = Text()
