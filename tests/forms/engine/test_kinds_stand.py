"""Sending takes an answer over without its inputs only where they would give it back unchanged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms.kinds import KINDS, Asking, get
from portal.forms.questionnaire import Choice, Field
from portal.forms.step_form import posted
from portal.forms.texts import Text
from portal.jobs import clock
from tests.forms.engine.asking import NAME, ON, ask, form, question
from tests.forms.engine.test_kinds_round_trip import BOXES, CODES, LIST, TAKEN

pytestmark = pytest.mark.once
LOOKED_UP = {"commune", "village", "address"}
# Each kind with settings that matter; `None` beside a kind that needs no list.
ASKED: tuple[tuple[str, tuple[Choice, ...], dict[str, Any]], ...] = (
    ("text", (), {}),
    ("text", (), {"longest": 5}),
    ("long_text", (), {}),
    ("name", (), {}),
    ("digits", (), {"lengths": [3, 10]}),
    ("citizen", (), {}),
    ("citizen", (), {"old": False}),
    ("phone", (), {}),
    ("number", (), {}),
    ("number", (), {"places": 2, "least": -20, "most": 10**18}),
    ("money", (), {}),
    ("date", (), {}),
    ("date", (), {"partial": True, "least_age": 15}),
    ("date", (), {"partial": True, "future": True}),
    ("choice", LIST, {}),
    ("choice", (Choice("", Text("Trống")), *LIST), {}),
    ("code", LIST, {}),
    ("code", (Choice(" hai  dấu ", Text("Hai dấu")), Choice("x" * 300, Text("Dài"))), {}),
    ("multi", BOXES, {}),
    ("multi", BOXES, {"none": "none"}),
    ("multi", (Choice("", Text("Trống")), *BOXES), {"none": "none"}),
)
DAYS = st.integers(-400, 140 * 365).map(lambda days: clock.today() - timedelta(days=days))
VALUES = st.one_of(
    st.text(max_size=12),
    st.text("aĂđ '’.\u00a0\u200b\r\n\u0301", max_size=8),
    st.text("0123456789+٣", min_size=1, max_size=13),
    st.from_regex(r"\+84[0-9]{8,10}", fullmatch=True),
    st.integers(-30, 10**16),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda one: one[0].isoformat()[: one[1]]),
    st.sampled_from(
        ["0980", "0000", "1980-00", "1980-13-01", "1999-02-30", " hai  dấu ", "x" * 300]
    ),
    st.sampled_from(CODES),
    st.lists(st.sampled_from([*CODES, "none", "", "không có"]), max_size=4),
)


def back(field: Field, value: Any) -> Any:
    """The answer after its inputs were sent; an answer that the page refuses gives `None`."""
    found = form(field, posted([field], {NAME: value}))
    return found.values[NAME] if found.is_valid() else None


@pytest.mark.parametrize(("kind", "choices", "options"), ASKED)
@settings(deadline=None, max_examples=300)
@given(value=VALUES)
def test_what_stands_comes_back_unchanged(
    kind: str, choices: tuple[Choice, ...], options: dict[str, Any], value: Any
) -> None:
    """Attack: an answer that its page would refuse lies in the draft and is sent."""
    field = question(kind, choices, **options)
    if get(kind).stands(field, value, Asking(ON)):
        found = back(field, value)
        assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - LOOKED_UP))
def test_a_good_answer_needs_no_inputs_when_it_is_sent(kind: str) -> None:
    """Otherwise the test above would pass when nothing ever stood, and sending would be slow."""
    choices = LIST if KINDS[kind].needs_choices else ()
    value = ask(kind, TAKEN[kind], choices=choices)
    assert get(kind).stands(question(kind, choices), value, Asking(ON))


def test_a_village_is_always_looked_up() -> None:
    """It may be known meanwhile. Of communes and addresses: `test_kinds_places.py`."""
    value = {"name": "Tân Trào", "id": None}
    assert not get("village").stands(question("village"), value, Asking(ON))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - LOOKED_UP))
def test_a_question_without_an_answer_has_none_through_its_inputs(kind: str) -> None:
    """Sending does not ask the inputs then."""
    assert ask(kind, {}, choices=LIST if KINDS[kind].needs_choices else ()) is None
