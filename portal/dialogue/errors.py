"""What the room refuses; every error carries a sentence for the person in front."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class DialogueError(Exception):
    """Base; `str()` is the sentence."""

    sentence = _("This cannot be taken in.")

    def __init__(self, sentence: object = None) -> None:
        super().__init__(str(sentence or self.sentence))


class TooManyError(DialogueError):
    """More from one network address than a person sends."""

    sentence = _(
        "Too much was sent from this network address. Wait fifteen minutes, then send again; "
        "what you wrote still stands below."
    )


class ClosedError(DialogueError):
    """Comments are switched off, or the period for them is over."""

    sentence = _("This page takes no comments now.")


class FullError(DialogueError):
    """More comments wait than moderators can read."""

    sentence = _("Very many comments on this page wait to be read. Please come back tomorrow.")


class NotAllowedError(DialogueError):
    """The act is not this user's."""

    sentence = _("This is not part of your work.")


class NoReasonError(DialogueError):
    """Whoever is refused is told why."""

    sentence = _("Choose the reason of the refusal.")


class StaleError(DialogueError):
    """Somebody else changed the record meanwhile."""

    sentence = _("Somebody else has changed this meanwhile. Look at it again.")
