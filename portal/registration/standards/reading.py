"""A JSON document read piece by piece; every fault names the place where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from django.utils.translation import gettext as _

from portal.registration.standards.errors import TableError
from portal.registration.standards.model import Mark, Reference, Words

MOST_POINTS = 1000


class Node:
    """One object of the document; `place` leads to it, such as `items[electricity].options[2]`."""

    def __init__(self, value: Any, place: str, above: Reference | None = None) -> None:
        if not isinstance(value, dict):
            raise TableError(place, _("an object in braces is expected."))
        self.value: dict[str, Any] = value
        self.place = place
        self.above = above

    def fault(self, key: str, sentence: str) -> TableError:
        """The error to raise about one key."""
        return TableError(f"{self.place}.{key}" if self.place else key, sentence)

    def only(self, *keys: str) -> None:
        """Refuse keys that nobody reads: a misspelt one must not be overlooked."""
        for key in self.value:
            if key not in keys:
                raise self.fault(key, _("this key is not known."))

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.value.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, _("a text is expected."))
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of the allowed codes."""
        value = self.text(key)
        if value not in allowed:
            raise self.fault(
                key, _("expected is one of %(codes)s.") % {"codes": ", ".join(allowed)}
            )
        return value

    def number(self, key: str, most: int) -> int:
        """A whole number from 0."""
        value = self.value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise self.fault(
                key, _("a whole number from 0 to %(most)s is expected.") % {"most": most}
            )
        return value

    def day(self, key: str) -> date:
        """A date as YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as error:
            if isinstance(error, TableError):
                raise
            raise self.fault(key, _("a date such as 2026-09-01 is expected.")) from error

    def words(self, key: str) -> Words:
        """A wording in both languages."""
        node = self.child(key)
        return Words(node.text("vi"), node.text("en"))

    def ref(self) -> Reference:
        """Source and mark; a part without its own takes those of the whole."""
        if self.above is not None and "source" not in self.value and "mark" not in self.value:
            return self.above
        return Reference(self.text("source"), cast("Mark", self.choice("mark", get_args(Mark))))

    def child(self, key: str) -> Node:
        """The object under a key."""
        return Node(self.value.get(key), f"{self.place}.{key}" if self.place else key, self.above)

    def children(self, key: str, above: Reference | None = None) -> Iterator[Node]:
        """The objects of a list, named by their code where they have one."""
        for position, value in enumerate(self.items(key), start=1):
            code = value.get("code") if isinstance(value, dict) else None
            name = f"{key}[{code if isinstance(code, str) else position}]"
            yield Node(value, f"{self.place}.{name}" if self.place else name, above or self.above)

    def items(self, key: str) -> list[Any]:
        """A list; empty when the key is missing."""
        value = self.value.get(key, [])
        if not isinstance(value, list):
            raise self.fault(key, _("a list is expected."))
        return value


def read_json(path: Path) -> Any:
    """The document of a file. Raises `TableError` naming the file."""
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise TableError(path.name, _("the file cannot be opened.")) from error
    except (ValueError, RecursionError) as error:
        raise TableError(path.name, _("the file is not JSON in UTF-8.")) from error


def frozen(value: Any) -> Any:
    """The same value with nothing in it that could be changed."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(frozen(inner) for inner in value)
    return value
