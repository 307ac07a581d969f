"""Addresses out of Vietnamese titles, on the server and in the editor's browser.

Django's own rule drops the letter đ ("Đường" gives "uong"), Wagtail's gives "u0110uong".
"""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.widgets.slug import SlugInput

from search.text import slugify_vi as slugify

LONGEST = 200
_LETTERS = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "d": "đð",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
}


def slugify_vi(text: str) -> str:
    """`167/KH-UBND về Đường` gives `167-kh-ubnd-ve-duong`; cut at a word when too long."""
    slug = slugify(text).lower()
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]


class VietnameseSlugInput(SlugInput):
    """The editor's slug box with our letters folded first, so browser and server agree."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        formatters = [
            (f"[{letters}{letters.upper()}]", plain) for plain, letters in _LETTERS.items()
        ]
        formatters += [("[\u0300-\u036f'’]", ""), ("[/.,:;_]", "-")]
        super().__init__(attrs=attrs, formatters=formatters, locale="und")


class VietnameseSlugField(forms.SlugField):
    """Folds what was typed by hand instead of refusing it."""

    widget = VietnameseSlugInput

    def to_python(self, value: Any) -> str:
        """The folded slug."""
        return slugify_vi(str(super().to_python(value) or ""))
