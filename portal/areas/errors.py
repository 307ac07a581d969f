"""What can go wrong with units; every error carries a sentence for the person in front."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

SHOWN_ERRORS = 20


class UnitDataError(ValueError):
    """The files of units cannot be loaded; `sentences` name file and line."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = list(sentences)
        shown = self.sentences[:SHOWN_ERRORS]
        if hidden := len(self.sentences) - len(shown):
            shown.append(_("… and %(count)d more errors.") % {"count": hidden})
        super().__init__("\n".join(shown))


class UnitNameError(ValueError):
    """A name does not lead to one commune; `candidates` are the communes it may mean."""

    def __init__(self, sentence: str, candidates: Sequence[object] = ()) -> None:
        self.candidates = tuple(candidates)
        super().__init__(sentence)


class UnknownUnitError(UnitNameError):
    """No commune of the province has or had this name."""


class AmbiguousUnitError(UnitNameError):
    """Several communes have or had this name."""


class DividedUnitError(UnitNameError):
    """The people of the older unit were divided: the new commune must be asked, never guessed."""
