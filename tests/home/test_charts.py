"""Bars that stand in the rows of their table."""

from __future__ import annotations

import pytest

from portal.home.charts import Piece, bars


def test_the_longest_bar_fills_the_width_and_the_others_keep_the_measure() -> None:
    long, short = bars([("A", "", (6, 2)), ("B", "/b/", (0, 4))])
    assert long.pieces == (Piece(1, 0.0, 75.0), Piece(2, 75.0, 25.0))
    assert short.pieces == (Piece(2, 0.0, 50.0),)


def test_rows_without_anything_have_no_bar() -> None:
    assert [bar.pieces for bar in bars([("A", "", (0, 0))])] == [()]
    assert bars([]) == []


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="never below zero"):
        bars([("A", "", (-1, 2))])
