"""The speed report: every figure stands beside a named peer, or there is no report."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.db import connection

from benchmarks import __main__ as bench
from benchmarks import drafts, lines, scoring, storing
from benchmarks.__main__ import RESULTS
from benchmarks.form_lines import form_lines
from benchmarks.households import AREA, STANDARD, households, reduced
from benchmarks.lines import PARTS, all_lines
from benchmarks.peers import plain_lines, plain_rules
from benchmarks.report import (
    HEADINGS,
    Line,
    MissingPeerError,
    section,
    sections_of,
    table,
)
from benchmarks.scoring import DifferentScoresError
from benchmarks.searching import JUDGED
from benchmarks.visible import DifferentPagesError, compare, words
from benchmarks.visitor import Page, Visitor
from benchmarks.web import WrongPageError
from portal.forms import services
from portal.registration.models import Declaration
from portal.registration.standards import get, record
from tests.areas.builders import make_commune

pytestmark = pytest.mark.once

LINE = Line("Article page", "requests/s", "ours", "peer", "plain Wagtail", "higher")
FIGURES = {"ours": 300.0, "peer": 120.0}
MACHINE = {"Machine": "2 cores", "Commit": "abc"}


def cells(text: str) -> list[list[str]]:
    """The rows of the tables in a text, headings included."""
    rows = [row for row in text.splitlines() if row.startswith("|")]
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
        section("pages", [line], figures, MACHINE)


def test_an_empty_report_fails() -> None:
    with pytest.raises(MissingPeerError):
        section("pages", [], {}, MACHINE)


def test_the_report_names_machine_and_commit() -> None:
    text = section("pages", [LINE], FIGURES, MACHINE)
    assert "- Machine: 2 cores\n- Commit: abc\n" in text


@pytest.mark.parametrize("part", PARTS)
def test_every_declared_line_stands_in_the_kept_results_with_its_peer(part: str) -> None:
    heading, _rule, *rows = cells(sections_of(RESULTS.read_text("utf-8"))[part])
    kept = [(row[0], row[-1]) for row in rows]
    assert tuple(heading) == HEADINGS
    assert kept == [(line.what, line.peer_name) for line in PARTS[part]()]


def test_no_cell_of_the_kept_results_is_empty() -> None:
    assert [row for row in cells(RESULTS.read_text("utf-8")) if "" in row] == []


@pytest.mark.parametrize("fact", ["Machine", "Software", "Commit", "Taken", "Load average"])
@pytest.mark.parametrize("part", PARTS)
def test_each_kept_part_says_where_it_is_from(part: str, fact: str) -> None:
    assert f"\n- {fact}" in sections_of(RESULTS.read_text("utf-8"))[part]


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


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that measures nothing and would write here."""
    path = tmp_path / "RESULTS.md"
    figures = {key: 1.0 for line in all_lines() for key in (line.ours, line.peer)}
    monkeypatch.setattr(bench, "RESULTS", path)
    monkeypatch.setattr(bench, "_measure", lambda _parts: figures)
    monkeypatch.setattr(bench.machine, "ROOT", tmp_path)
    monkeypatch.setattr(bench.stands, "missing_servers", list)
    monkeypatch.chdir(tmp_path)
    return path


def test_a_part_alone_leaves_the_others_as_they_stand(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.main([])
    results.write_text(results.read_text("utf-8").replace("| 1 | 1 |", "| 7 | 7 |"), "utf-8")
    capsys.readouterr()
    assert bench.main(["forms"]) == 0
    kept = sections_of(results.read_text("utf-8"))
    assert "| 1 | 1 |" in kept["forms"]
    assert "| 7 | 7 |" in kept["pages"]
    assert "Article page" not in capsys.readouterr().out


def test_a_whole_run_is_written(results: Path) -> None:
    assert bench.main([]) == 0
    rows = [row for row in results.read_text("utf-8").splitlines() if row.startswith("|")]
    assert len(rows) == len(all_lines()) + 2 * len(PARTS)


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["fomrs"])
    assert "fomrs" in capsys.readouterr().err


def test_every_line_of_the_forms_has_figures_of_its_own() -> None:
    keys = [(line.ours, line.peer) for line in form_lines()]
    assert len(set(keys)) == len(keys)
    assert all(line.peer_name for line in form_lines())


NEW = get(STANDARD)
KNOWN = plain_rules.rules()


def test_the_plain_rules_say_of_each_household_what_the_scorer_says() -> None:
    whole = households(NEW, 1_000)
    scoring.agree(NEW, whole, lambda one: plain_rules.of_facts(KNOWN, AREA, one))
    short = [reduced(NEW, one) for one in whole]
    scoring.agree(NEW, short, lambda one: plain_rules.of_reduced(KNOWN, AREA, one))


def test_other_rules_are_not_compared() -> None:
    other = {**KNOWN, "cuts": {AREA: 139}}
    with pytest.raises(DifferentScoresError, match="household"):
        scoring.agree(
            NEW, households(NEW, 1_000), lambda one: plain_rules.of_facts(other, AREA, one)
        )


def test_households_of_one_class_are_not_compared() -> None:
    one = households(NEW, 1)
    with pytest.raises(DifferentScoresError, match="only these classes"):
        scoring.agree(NEW, one, lambda one: plain_rules.of_facts(KNOWN, AREA, one))


def test_plain_formatting_makes_the_same_lines() -> None:
    stored = [record(NEW, AREA, one) for one in households(NEW, 200)]
    said = plain_lines.words()
    scoring.same_lines(NEW, stored, lambda kept: plain_lines.lines(said, kept))


def test_other_lines_are_not_compared() -> None:
    stored = [record(NEW, AREA, households(NEW, 1)[0])]
    said = {**plain_lines.words(), "points": 9}
    with pytest.raises(DifferentScoresError, match="line of household 0"):
        scoring.same_lines(NEW, stored, lambda kept: plain_lines.lines(said, kept))


@pytest.mark.django_db
def test_what_the_benchmark_types_is_taken_by_every_page_and_can_be_sent() -> None:
    drafts.open_round()
    keys = drafts.copies([drafts.filled(make_commune())], 3)
    sent = [services.submit(key) for key in keys]
    assert [receipt.again for receipt in sent] == [False] * 3
    assert len({receipt.submission.reference for receipt in sent}) == 3
    found = set(Declaration.objects.values_list("classification", "round__demo"))
    assert found == {("poor", True)}


@pytest.mark.django_db
def test_scores_are_stored_twice_and_the_same() -> None:
    figures = storing.measure(60)
    assert {f"{connection.vendor}.store.{side}" for side in ("portal", "bare")} == figures.keys()
    assert all(figures.values())
    kept = Declaration.objects.order_by("pk")
    assert [row.record["class"] for row in kept] == [row.classification for row in kept]
    assert len(kept) == 60


PAGE_WITH_FORM = Page(
    "/khai/",
    '<input type="hidden" name="csrfmiddlewaretoken" value="abc">'
    '<input type="hidden" name="lan" value="2"><input type="text" name="so">',
    0,
)


def test_a_visitor_sends_hidden_inputs_and_what_was_typed() -> None:
    body = Visitor(0).body(PAGE_WITH_FORM, {"so": "xã", "chon": ["a", "b"]})
    assert parse_qs(body.decode()) == {
        "csrfmiddlewaretoken": ["abc"],
        "lan": ["2"],
        "so": ["xã"],
        "chon": ["a", "b"],
    }


def test_a_page_without_a_form_cannot_be_sent() -> None:
    with pytest.raises(WrongPageError, match="no form"):
        Visitor(0).body(Page("/", "<p>", 0), {})
