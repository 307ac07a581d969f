"""A questionnaire as immutable, versioned data (design decision 7).

Names of fields are unique in a questionnaire; answers are one flat mapping from name to value,
and a group holds a list of such mappings, each with its `id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.forms.conditions import ALWAYS, Condition
from portal.forms.texts import NOTHING, Text

MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to tick; `alone` excludes every other one of a multiple choice."""

    code: str
    label: Text
    hint: Text = NOTHING
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `label` is plain speech, `official` the term as printed on the form.

    `kind` names a class of `portal.forms.kinds`; `options` are its own settings. `number` is the
    number on the printed form. `sensitive` marks what NĐ 356/2025 calls sensitive data.
    """

    name: str
    kind: str
    label: Text
    hint: Text = NOTHING
    official: Text = NOTHING
    number: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    when: Condition = ALWAYS
    sensitive: bool = False
    source: str = ""
    options: tuple[tuple[str, Any], ...] = ()

    def option(self, name: str, default: Any = None) -> Any:
        """A setting of the kind."""
        return dict(self.options).get(name, default)

    def choice(self, code: object) -> Choice | None:
        """The choice with a code."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that does not fit together: an error stops the page, a warning asks to look again.

    `citizen` compares a citizen number with sex and year of birth; it names those three fields.
    `apart` names an earlier and a later date, and the full years that must lie between them.
    """

    field: str
    message: Text
    when: Condition = ALWAYS
    error: bool = False
    citizen: tuple[str, str, str] | None = None
    apart: tuple[str, str, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One subject on one page."""

    slug: str
    title: Text
    fields: tuple[Field, ...]
    introduction: Text = NOTHING
    when: Condition = ALWAYS
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that are repeated for each person or thing; `name` is the answer that holds the list.

    `item_title` names the fields out of which one item is called in lists. `single` must hold for
    exactly one item, as that a household has one head.
    """

    slug: str
    title: Text
    name: str
    item: Text
    pages: tuple[Page, ...]
    add: Text
    introduction: Text = NOTHING
    item_title: tuple[str, ...] = ()
    least: int = 0
    most: int = MOST_ITEMS
    when: Condition = ALWAYS
    single: Condition | None = None
    single_message: Text = NOTHING

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions of one item, over its pages."""
        return tuple(field for page in self.pages for field in page.fields)


Step = Page | Group


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agrees to before the first personal question (Luật 91/2025/QH15)."""

    version: str
    wording: Text
    legal_basis: Text
    purpose: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A form in one version; answers keep the version that they were given under."""

    id: str
    version: str
    title: Text
    legal_basis: str
    consent: Consent
    steps: tuple[Step, ...]
    note: Text = NOTHING

    def step(self, slug: str) -> Step | None:
        """The step at an address."""
        return next((step for step in self.steps if step.slug == slug), None)

    def page(self, step: str, *item: str) -> Page | None:
        """The page of a key as drafts have it: a step, or step, item and page of a group."""
        found = self.step(step)
        if isinstance(found, Group):
            return next((page for page in found.pages if [page.slug] == list(item[-1:])), None)
        return found

    def fields(self) -> Iterator[Field]:
        """Every question outside and inside groups."""
        for step in self.steps:
            yield from step.fields
