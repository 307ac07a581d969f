"""What can go wrong with forms; every error carries a sentence for the person in front."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class FormError(Exception):
    """Base; `str()` is the sentence."""

    sentence = _("The form cannot be processed.")

    def __init__(self, sentence: object = None) -> None:
        super().__init__(str(sentence or self.sentence))


class DraftGoneError(FormError):
    """Neither a draft nor an arrived form belongs to the key."""

    sentence = _("This form is no longer kept. Unsent forms are deleted after seven days.")


class OldVersionError(DraftGoneError):
    """The draft was begun under a version that the portal does not offer any more."""

    sentence = _(
        "This form was begun in an older version that is no longer offered, so it cannot be sent. "
        "Please begin anew."
    )


class FullGroupError(FormError):
    """A group holds as many items as it may; another window was quicker."""

    sentence = _("No further entry can be added.")


class ManyStartsError(FormError):
    """More forms begun from one network address than a commune's office begins."""

    sentence = _("Very many forms were begun from your network address.")


class FormClosedError(FormError):
    """The window of the form is over."""

    sentence = _("The form is closed. What you filled in is kept, but cannot be sent now.")


class StaleRevisionError(FormError):
    """Somebody else changed the record meanwhile."""

    sentence = _("Somebody else has changed this meanwhile. Look at it again.")


class IncompleteError(FormError):
    """A page is missing or no longer valid; `page` is its key."""

    sentence = _("A page is not complete yet.")

    def __init__(self, page: str) -> None:
        self.page = page
        super().__init__()


class ForeignPlaceError(FormError):
    """An officer types in a form of a commune that is not theirs."""

    sentence = _("The form belongs to a commune outside your work.")


class BlockedError(FormError):
    """Too many wrong codes."""

    sentence = _("Too many wrong attempts. Wait fifteen minutes, then try again.")


class WrongCodeError(FormError):
    """Reference and code do not belong together."""

    sentence = _("Reference and code do not fit together. Look at your paper again.")
