"""The forms of the house: each room registers its own and what happens with an arrived one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext_lazy as _

from portal.forms.questionnaire import Questionnaire

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.areas.models import User
    from portal.forms.models import Submission
    from portal.forms.walk import Walk

Answers = Mapping[str, Any]
NEXT_WORDS = _(
    "The commune looks at the form and may visit you. The result that counts is decided by the "
    "commune, not by this page."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form belongs: a commune of answers (or none: the province), and its village."""

    commune: Mapping[str, str] | None = None
    village_id: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part that a room adds to a page: `template` is rendered with `context`."""

    template: str
    context: Mapping[str, Any]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that can be printed of an arrived form: `data` for the template of `printing`."""

    name: str
    label: Any
    template: str
    data: Callable[[Submission, Answers], dict[str, Any]]


def _no_section(walk: Walk) -> Section | None:
    return None


def _no_sections(submission: Submission, answers: Answers) -> Sequence[Section]:
    return ()


def _none_for_officers(submission: Submission, user: User) -> Sequence[Section]:
    return ()


def _nothing(submission: Submission, answers: Answers, found: Any) -> None:
    return None


class Round(Protocol):
    """A time in which a form is collected; ages are taken on its `reference_day`."""

    reference_day: date


@dataclass(frozen=True, slots=True)
class FormType:
    """A form and its hooks.

    `versions` holds every questionnaire that answers may still stand under, the current one last.
    `place`, `person` and `citizen` read the answers of a whole form; `person` is whom the record
    is about, `citizen` that person's number or an empty text. `round` is the one that is open
    (đợt), if the form knows any. `on_sent` runs in the transaction of the submission and gets that
    round too, `on_erased` runs in that of the erasure, with the keys of submissions.
    `standing` is shown after each step and on the review page, `sections` on the receipt's page,
    the status page and in the inbox, `for_officers` in the inbox alone. `keep_days` is the end
    date of the data, `next_words` what comes after sending.
    """

    id: str
    prefix: str
    label: Any
    versions: Mapping[str, Questionnaire]
    place: Callable[[Answers], Place]
    person: Callable[[Answers], str]
    citizen: Callable[[Answers], str] = lambda _answers: ""
    round: Callable[[], Round | None] = lambda: None
    round_note: Callable[[], str] = lambda: ""
    standing: Callable[[Walk], Section | None] = _no_section
    sections: Callable[[Submission, Answers], Sequence[Section]] = _no_sections
    for_officers: Callable[[Submission, User], Sequence[Section]] = _none_for_officers
    on_sent: Callable[[Submission, Answers, Any], None] = _nothing
    on_erased: Callable[[Sequence[int]], None] = lambda _keys: None
    sheets: Sequence[Sheet] = field(default=())
    keep_days: int = 5 * 366
    next_words: Any = NEXT_WORDS

    @property
    def current(self) -> Questionnaire:
        """The version that new drafts are begun under."""
        return list(self.versions.values())[-1]

    def sheet(self, name: str) -> Sheet | None:
        """A paper of this form by its name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


_types: dict[str, FormType] = {}
_mounts: list[Callable[[str], str | None]] = []


def register(form: FormType) -> None:
    """Called once from an app's `ready()`."""
    _types[form.id] = form


def get(form_id: str) -> FormType:
    """The form of an id; `KeyError` when no room offers it."""
    return _types[form_id]


def all_types() -> Mapping[str, FormType]:
    """Every registered form."""
    return _types


def choices() -> list[tuple[str, str]]:
    """All forms for an editor's list."""
    return [(form.id, str(form.current.title)) for form in _types.values()]


def register_mount(find: Callable[[str], str | None]) -> None:
    """`find(form_id)` gives the address of the live page that mounts a form; called by `home`."""
    _mounts.append(find)


def mount_url(form_id: str) -> str | None:
    """Where a form can be filled in; `None` while no page mounts it."""
    found = (find(form_id) for find in _mounts)
    return next((url for url in found if url), None)


def offered(user: User | AnonymousUser) -> list[FormType]:
    """The forms that have a page, for the officer's list of what may be typed in."""
    return [form for form in _types.values() if mount_url(form.id)]
