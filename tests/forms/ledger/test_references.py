"""References and codes: every slip of a hand or an eye is noticed before anything is looked up."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.references import (
    ALPHABET,
    check_letter,
    new_code,
    new_reference,
    read_code,
    read_reference,
    shown_code,
)

pytestmark = pytest.mark.once

LETTERS = string.ascii_uppercase + string.digits
KNOWN = "RS-26-7K3M-9Q2C"


def whole(prefix: str, year: int, body: str) -> str:
    """A reference with its last letter."""
    letters = body + check_letter(f"{prefix}{year:02}{body}")
    return f"{prefix}-{year:02}-{letters[:4]}-{letters[4:]}"


references = st.builds(
    whole,
    st.text(string.ascii_uppercase, min_size=2, max_size=2),
    st.integers(0, 99),
    st.text(ALPHABET, min_size=7, max_size=7),
)


def plain(reference: str) -> str:
    return reference.replace("-", "")


def same_letter(one: str, other: str) -> bool:
    """Whether two letters are read alike in the part that follows the prefix."""
    read = str.maketrans("OIL", "011")
    return one.translate(read) == other.translate(read)


def test_a_new_reference_has_its_form_and_reads_as_itself() -> None:
    for _each in range(200):
        reference = new_reference("LD", date(2027, 2, 1))
        assert re.fullmatch(rf"LD-27(-[{ALPHABET}]{{4}}){{2}}", reference)
        assert read_reference(reference) == reference


@given(references, st.data())
def test_every_single_wrong_letter_is_noticed(reference: str, data: st.DataObject) -> None:
    """All letters at one place, the prefix and the year included."""
    written = plain(reference)
    place = data.draw(st.integers(0, len(written) - 1))
    for letter in LETTERS:
        changed = written[:place] + letter + written[place + 1 :]
        alike = letter == written[place] or (place >= 2 and same_letter(letter, written[place]))
        assert read_reference(changed) == (reference if alike else None)


@given(references)
def test_every_exchange_of_neighbours_is_noticed(reference: str) -> None:
    written = plain(reference)
    for place in range(len(written) - 1):
        one, other = written[place : place + 2]
        swapped = written[:place] + other + one + written[place + 2 :]
        assert read_reference(swapped) == (reference if one == other else None)


@given(references, st.data())
def test_what_eyes_misread_is_read_as_it_was_meant(reference: str, data: st.DataObject) -> None:
    meant = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(meant.get(letter, letter + letter.lower())))
        if place > 2
        else letter
        for place, letter in enumerate(reference)
    )
    assert read_reference(typed) == reference


@pytest.mark.parametrize(
    "typed",
    [
        "rs-26-7k3m-9q2c",
        "RS267K3M9Q2C",
        "  RS 26 7K3M 9Q2C ",
        "RS–26–7K3M—9Q2C",
        "rs.26.7k3m.9q2c",
        "RS_26_7K3M_9Q2C\n",
        "R S 2 6 7 K 3 M 9 Q 2 C",
        "RS\u00a026\u20117K3M\u22129Q2C",
    ],
)
def test_ways_of_typing(typed: str) -> None:
    assert read_reference(typed) == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "RS-26",
        "RS-26-7K3M-9Q2",
        "RS-26-7K3M-9Q2CC",
        "RS-26-7K3M-9Q2U",
        "RS-٢٦-7K3M-9Q2C",
        "RS-26-7K3M-9Q2\x00",
        "'; DROP TABLE forms_submission; --",
        "<script>alert(1)</script>",
        "7" * 10_000,
        KNOWN * 700,
    ],
)
def test_what_can_be_no_reference(typed: str) -> None:
    assert read_reference(typed) is None


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(typed: str) -> None:
    found = read_reference(typed)
    assert found is None or read_reference(found) == found


def test_references_do_not_repeat() -> None:
    made = {new_reference("RS", date(2026, 11, 25)) for _each in range(2000)}
    assert len(made) == 2000


def test_codes_have_eight_digits_and_are_shown_in_two_groups() -> None:
    codes = {new_code() for _each in range(500)}
    assert len(codes) > 490
    assert all(len(code) == 8 and code.isdigit() for code in codes)
    assert shown_code("01234567") == "0123 4567"


@pytest.mark.parametrize("typed", ["01234567", "0123 4567", " 0123-4567 ", "01.23.45.67"])
def test_a_code_is_read_as_people_write_it(typed: str) -> None:
    assert read_code(typed) == "01234567"


@pytest.mark.parametrize(
    "typed", ["", "0123456", "012345678", "0123456O", "٠١٢٣٤٥٦٧", "1" * 10_000, "\x00" * 8]
)
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) is None
