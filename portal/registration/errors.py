"""What the services refuse, each with a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RegistrationError(Exception):
    """A refusal; `str()` is the sentence that a view or command shows."""

    sentence: str | Promise = ""

    def __init__(self, **values: object) -> None:
        super().__init__()
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        return str(self.sentence) % self.values


class NotAllowedError(RegistrationError):
    """Outside the user's scope, or without the permission: as if it did not exist."""

    sentence = _("This list does not exist or is not in your area.")


class StaleVersionError(RegistrationError):
    """Somebody, or the same form sent twice, was quicker."""

    sentence = _("The list has changed meanwhile. Look at it again before you go on.")


class WrongStateError(RegistrationError):
    """The list's state does not allow the verb."""

    sentence = _("This cannot be done with a list in the state “%(state)s”.")


class EmptyListError(RegistrationError):
    """A list without households is not published."""

    sentence = _("The list has no households yet.")


class WindowError(RegistrationError):
    """The window ends before it starts, or has already ended."""

    sentence = _("The last day must not lie before the first day or before today.")


class WindowTooLongError(RegistrationError):
    """Names may stand only as long as their purpose needs (Luật 91/2025/QH15)."""

    sentence = _("Names may be shown for at most %(most)s days.")


class DayOutOfReachError(RegistrationError):
    """A year that nobody means; the calendar of the machine ends in 9999."""

    sentence = _("The days of a window lie between the years %(first)s and %(last)s.")


class FirstDayFixedError(RegistrationError):
    """What has been shown from a day on cannot be shown from another one."""

    sentence = _("The list is already published from %(day)s; its first day stays.")


class ForeignCommuneError(RegistrationError):
    """A row of a commune that the list or the user has nothing to do with."""

    sentence = _("A row names a commune outside the area of the list.")


class SlugTakenError(RegistrationError):
    """Another list has this address."""

    sentence = _("Another list already has the address “%(slug)s”.")


class ListFieldError(RegistrationError):
    """A title or an address that the database has no room for, or none at all."""

    sentence = _("%(field)s: %(problem)s")


class FileHasErrorsError(RegistrationError):
    """A file that was clean is read again and no longer fits, since units changed."""

    sentence = _("The file has errors in its rows; nothing was changed.")
