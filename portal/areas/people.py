"""Finds colleagues in the back office however their names are typed: `ma thuan` is Ma Thuận.

Databases compare marks and capitals of Vietnamese letters each in its own way, so each account
keeps its words folded in a column, and what is typed is folded too.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from search.text import fold, words

M = TypeVar("M", bound=models.Model)
KEY_OF = frozenset({"last_name", "first_name", "username", "email", "post"})
MOST_WORDS = 20
MOST_LETTERS = 200


def find_key(user: Any) -> str:
    """Name in Vietnamese order, account, address and post in folded words, single spaces."""
    parts = (user.last_name, user.first_name, user.username, user.email, user.post)
    return " ".join(map(fold, words(" ".join(parts))))


def found_by(users: models.QuerySet[M], typed: str) -> models.QuerySet[M]:
    """The users with every word that was typed, in any order; an overlong text by its beginning.

    Signs part words and are not looked for; nothing but signs finds nobody.
    """
    asked = [fold(word) for word in words(typed[:MOST_LETTERS])[:MOST_WORDS]]
    if not asked:
        return users.none()
    for word in asked:
        users = users.filter(find_key__contains=word)
    return users
