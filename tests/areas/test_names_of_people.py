"""Family and middle name come first: “Thuận Ma” was Ma Thuận."""

from __future__ import annotations

from portal.areas.models import User


def test_a_person_is_named_in_vietnamese_order() -> None:
    assert User(first_name="Thuận", last_name="Ma Văn").get_full_name() == "Ma Văn Thuận"


def test_half_a_name_has_no_spaces_around_it() -> None:
    assert User(first_name="Thuận").get_full_name() == "Thuận"
    assert User(last_name="Ma").get_full_name() == "Ma"
    assert User().get_full_name() == ""
