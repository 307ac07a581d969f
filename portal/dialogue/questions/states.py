"""Where a question stands and what may be done with it: the one table of its course."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """For officers."""

    RECEIVED = "received", _("received")
    FORWARDED = "forwarded", _("forwarded")
    ANSWERED = "answered", _("answered, not published")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")


# The same for whoever asked.
KIND_WORDS: dict[State, str | Promise] = {
    State.RECEIVED: _(
        "Your question has arrived. It will be handed to the agency that can answer."
    ),
    State.FORWARDED: _("Your question lies with the agency that answers it."),
    State.ANSWERED: _("Your question has been answered; the answer stands below."),
    State.PUBLISHED: _("Your question has been answered; the answer is published."),
    State.REFUSED: _("Your question was not taken up; the reason stands below."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One act: from which states, to which; `provincial` ones are not a commune's."""

    name: str
    label: str | Promise
    sources: frozenset[State]
    target: State
    provincial: bool


OPEN = frozenset({State.RECEIVED, State.FORWARDED})
STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("chuyen", _("Forward"), OPEN, State.FORWARDED, provincial=True),
        Step("tra-loi", _("Answer"), OPEN | {State.ANSWERED}, State.ANSWERED, provincial=False),
        Step(
            "dang",
            _("Publish question and answer"),
            frozenset({State.ANSWERED}),
            State.PUBLISHED,
            provincial=True,
        ),
        Step(
            "go",
            _("Take down"),
            frozenset({State.PUBLISHED}),
            State.ANSWERED,
            provincial=True,
        ),
        Step("tu-choi", _("Refuse"), OPEN | {State.ANSWERED}, State.REFUSED, provincial=True),
    )
}


def possible(state: str, *, provincial: bool) -> list[Step]:
    """The acts that are open to somebody in a state, in the order of the table."""
    return [
        step
        for step in STEPS.values()
        if state in step.sources and (provincial or not step.provincial)
    ]
