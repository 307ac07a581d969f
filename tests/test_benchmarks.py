"""The speed report: every figure stands beside a named peer, or there is no report."""

from __future__ import annotations

import pytest

from benchmarks import lines
from benchmarks.__main__ import RESULTS
from benchmarks.lines import all_lines
from benchmarks.report import HEADINGS, Line, MissingPeerError, render, table
from benchmarks.searching import JUDGED
from benchmarks.visible import DifferentPagesError, compare, words

pytestmark = pytest.mark.once

LINE = Line("Article page", "requests/s", "ours", "peer", "plain Wagtail", "higher")
FIGURES = {"ours": 300.0, "peer": 120.0}
MACHINE = {"Machine": "2 cores", "Commit": "abc"}


def kept_rows() -> list[list[str]]:
    """The cells of the committed table."""
    rows = [row for row in RESULTS.read_text("utf-8").splitlines() if row.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_a_line_shows_both_figures_their_ratio_and_the_peer() -> None:
    row = table([LINE], FIGURES).splitlines()[-1]
    assert row == ("| Article page | requests/s | 300 | 120 | **2.5** | higher | plain Wagtail |")


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        (LINE, {"ours": 300.0}),
        (LINE, {"peer": 120.0}),
        (Line("Article page", "requests/s", "ours", "peer", " "), FIGURES),
    ],
    ids=["peer not measured", "portal not measured", "peer without a name"],
)
def test_a_line_without_its_peer_makes_the_report_fail(
    line: Line, figures: dict[str, float]
) -> None:
    with pytest.raises(MissingPeerError, match="Article page"):
        render([line], figures, MACHINE)


def test_an_empty_report_fails() -> None:
    with pytest.raises(MissingPeerError):
        render([], {}, MACHINE)


def test_the_report_names_machine_and_commit() -> None:
    text = render([LINE], FIGURES, MACHINE)
    assert "- Machine: 2 cores\n- Commit: abc\n" in text


def test_every_declared_line_stands_in_the_kept_results_with_its_peer() -> None:
    heading, _rule, *rows = kept_rows()
    kept = [(row[0], row[-1]) for row in rows]
    assert tuple(heading) == HEADINGS
    assert kept == [(line.what, line.peer_name) for line in all_lines()]


def test_no_cell_of_the_kept_results_is_empty() -> None:
    assert [row for row in kept_rows() if "" in row] == []


@pytest.mark.parametrize("fact", ["Machine", "Software", "Commit", "Taken", "Load average"])
def test_the_kept_results_say_where_they_are_from(fact: str) -> None:
    assert f"\n- {fact}" in RESULTS.read_text("utf-8")


def test_the_kept_results_name_no_path_of_a_machine() -> None:
    assert [word for word in RESULTS.read_text("utf-8").split() if word.startswith("/")] == []


def test_the_judged_queries_are_as_many_as_the_report_says() -> None:
    assert len(JUDGED) == lines.JUDGED
    assert {judged.group for judged in JUDGED} == lines.GROUPS.keys()


PAGE = (
    "<head><title>Tiêu đề</title></head><body><nav>Menu</nav>"
    "<main><p>Tin <b>mới</b></p><script>x()</script></main><footer>Chân trang</footer></body>"
)


def test_only_what_a_reader_sees_is_compared() -> None:
    assert words(PAGE) == (["Tin", "mới"], ["Menu", "Tin", "mới", "Chân", "trang"])


@pytest.mark.parametrize(
    "theirs", [["Tin"], ["Tin", "cũ"], ["Tin", "mới", "hơn"]], ids=["less", "other", "more"]
)
def test_pages_of_different_content_are_not_compared(theirs: list[str]) -> None:
    with pytest.raises(DifferentPagesError, match="the pages differ after “Tin"):
        compare(["Tin", "mới"], theirs)


def test_two_empty_pages_are_not_compared() -> None:
    with pytest.raises(DifferentPagesError):
        compare([], [])
