"""What this room refuses, each with a sentence that names the faulty place."""

from __future__ import annotations

from django.utils.translation import gettext as _


class StandardError(ValueError):
    """A standard, table or answer cannot be used; `str()` is the sentence for people."""


class UnknownStandardError(StandardError):
    """No standard has this id."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        sentence = _("There is no standard “%(name)s”; known are %(known)s.")
        super().__init__(sentence % {"name": name[:60], "known": ", ".join(known)})


class TableError(StandardError):
    """A table of B1 points does not fit; `place` names item and option."""

    def __init__(self, place: str, sentence: str) -> None:
        self.place = place
        super().__init__(f"{place}: {sentence}")


class BadAnswersError(StandardError):
    """Answers that no household can give; `field` is the path such as `members[2].birth`."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(f"{field}: {sentence}")


class OtherStandardError(StandardError):
    """A stored result is explained under its own standard and table, never another's."""

    def __init__(self, stored: str, given: str) -> None:
        sentence = _("This result was computed by %(stored)s and cannot be explained by %(given)s.")
        super().__init__(sentence % {"stored": stored, "given": given})
