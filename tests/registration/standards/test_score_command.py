"""The command: the shapes of issue 4, section 5, are a contract."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from portal.registration.standards import library
from tests.registration.standards.households import house, household, member

pytestmark = pytest.mark.once

KEYS = ["standard", "area", "class", "b1", "b2", "indicators", "illustrative", "reason"]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "answers.json"


def run(path: Path | str, *words: str, standard: str = "vn-2022", area: str = "rural") -> str:
    out, err = io.StringIO(), io.StringIO()
    arguments = [str(path), "--standard", standard, "--area", area, *words]
    call_command("score", *arguments, stdout=out, stderr=err)
    assert err.getvalue() == ""
    return out.getvalue()


def result(path: Path, document: Any, **options: str) -> dict[str, Any]:
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    text = run(path, "--json", **options)
    assert text.count("\n") == 1
    found: dict[str, Any] = json.loads(text)
    return found


def refuse(path: Path | str, *words: str, **options: str) -> str:
    with pytest.raises(CommandError) as refused:
        run(path, "--json", *words, **options)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert refused.value.returncode == 1
    return sentence


def test_stated_points_and_indicators(answers: Path) -> None:
    indicators = {str(no): no <= 3 for no in range(1, 13)}
    found = result(answers, {"b1": 132, "indicators": indicators})
    assert list(found) == KEYS
    assert found == {
        "standard": "vn-2022",
        "area": "rural",
        "class": "poor",
        "b1": [132, 132],
        "b2": [30, 30],
        "indicators": {str(no): "deprived" if no <= 3 else "not_deprived" for no in range(1, 13)},
        "illustrative": False,
        "reason": None,
    }


def test_facts_and_items(answers: Path) -> None:
    document = household(
        member(position="wage", contract="no"),
        member(8, growth="short"),
        house=house(toilet="none"),
        b1={"electricity": "under_25", "assets": [], "land": [], "livestock": ["pigs"]},
    )
    found = result(answers, document)
    assert found["b2"] == [30, 30]
    assert [no for no, one in found["indicators"].items() if one == "deprived"] == ["1", "3", "10"]
    assert found["b1"][0] == found["b1"][1]
    assert found["illustrative"] is True
    assert found["class"] in ("poor", "neither")


def test_nothing_known_is_undecided_and_no_error(answers: Path) -> None:
    found = result(answers, {})
    assert (found["class"], found["reason"], found["b2"]) == ("undecided", "unanswered", [0, 120])
    assert set(found["indicators"].values()) == {"undecided"}
    assert found["b1"][0] == 0


def test_the_older_standard_takes_stated_indicators(answers: Path) -> None:
    found = result(answers, {"b1": 150, "indicators": {"1": True}}, standard="vn-2016")
    assert (found["class"], found["b2"]) == ("undecided", [10, 100])
    assert len(found["indicators"]) == 10
    found = result(
        answers, {"b1": 150, "indicators": {"1": True}}, standard="vn-2016", area="urban"
    )
    assert (found["class"], found["area"]) == ("undecided", "urban")
    found = result(answers, {"b1": 140}, standard="vn-2016", area="urban")
    assert (found["class"], found["reason"]) == ("poor", None)


@pytest.mark.parametrize("standard", ["vn-2016", "vn-2027"])
def test_a_standard_without_points_says_so(answers: Path, standard: str) -> None:
    document = {"indicators": {}} if standard == "vn-2016" else household()
    found = result(answers, document, standard=standard)
    assert (found["class"], found["reason"], found["b1"]) == ("undecided", "no_points", None)
    assert found["b2"] == ([0, 100] if standard == "vn-2016" else None)


def test_stdin(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO('\ufeff{"b1": 176}'.encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw, "utf-8"))
    assert json.loads(run("-", "--json", area="urban"))["class"] == "neither"


def test_the_table_for_people(answers: Path) -> None:
    answers.write_text(json.dumps(household(member(activity="jobless"))), "utf-8")
    with translation.override("vi"):
        lines = run(answers).splitlines()
    assert lines[0].startswith("Chuẩn nghèo đa chiều giai đoạn 2022-2025")
    assert lines[3:5] == ["B2: 10", "Bảng điểm minh họa, chưa phải bảng chính thức"]
    assert len(lines) == 5 + 10 + 12
    assert lines[15].split() == ["B2", "Việc", "làm", "10", "thiếu", "hụt"]


def test_another_table_of_points(answers: Path, tmp_path: Path) -> None:
    table = json.loads((library.DATA / "tables" / "vn-2022-illustrative-1.json").read_text("utf-8"))
    table |= {"id": "official", "illustrative": False}
    path = tmp_path / "table.json"
    path.write_text(json.dumps(table), "utf-8")
    answers.write_text("{}", "utf-8")
    assert json.loads(run(answers, "--json", "--table", str(path)))["illustrative"] is False
    assert refuse(answers, "--table", str(path), standard="vn-2016").startswith("standard: ")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"b1", b"\xff\xfe{}", b"[" * 100_000],
    ids=["empty", "open", "word", "UTF-16", "deep"],
)
def test_what_is_no_json(answers: Path, content: bytes) -> None:
    answers.write_bytes(content)
    assert refuse(answers).startswith("This is not JSON in UTF-8: ")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[]", "answers"),
        ('{"b1": -1}', "b1"),
        ('{"b1": 1, "b1": 2}', "b1"),
        ('{"b1": NaN}', "NaN"),
        pytest.param(f'{{"b1": {"9" * 5000}}}', "b1", id="endless"),
        pytest.param(f'{{"house": {{"area_m2": {"9" * 400}}}}}', "house.area_m2", id="vast"),
        ('{"house": {"area_m2": -Infinity}}', "-Infinity"),
        ('{"members": [{"activity": "lazy"}]}', "members[1].activity"),
        ('{"members": [{"name": "An"}]}', "members[1].name"),
        ('{"on": "tomorrow"}', "on"),
        ('{"indicators": {"1": "yes"}}', "indicators.1"),
    ],
)
def test_bad_answers_name_the_field(answers: Path, text: str, field: str) -> None:
    answers.write_text(text, "utf-8")
    assert refuse(answers).startswith(f"{field}: ")


def test_other_bad_input(answers: Path) -> None:
    assert "cannot be opened" in refuse(answers)
    answers.write_text("{}", "utf-8")
    assert "vn-2016, vn-2022, vn-2027" in refuse(answers, standard="vn-2021")
    assert refuse(answers, area="suburb").startswith("--area: ")
    assert refuse(answers, "--table", str(answers)).startswith("illustrative: ")


def test_bug_facts_under_a_standard_without_rules_were_left_aside_in_silence(
    answers: Path,
) -> None:
    answers.write_text('{"b1": 100, "members": [{}], "house": {}}', "utf-8")
    out, err = io.StringIO(), io.StringIO()
    arguments = [str(answers), "--standard", "vn-2016", "--area", "rural", "--json"]
    call_command("score", *arguments, stdout=out, stderr=err)
    assert json.loads(out.getvalue())["class"] == "poor"
    assert err.getvalue().startswith("members, house: vn-2016 has no rules for these facts")


def test_bug_where_json_ends_was_said_in_english_alone(answers: Path) -> None:
    answers.write_text('{"b1": 1,\n "on" 2}', "utf-8")
    assert refuse(answers).endswith("answers.json, line 2, column 7")
