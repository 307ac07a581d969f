"""Explanations: what stands on the lines, and that those of a stored result never change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portal.registration.standards import (
    Line,
    OtherStandardError,
    explain,
    record,
    result_of,
    score,
)
from tests.registration.standards.households import (
    NEW,
    NEXT,
    OLD,
    born,
    house,
    household,
    member,
)

pytestmark = pytest.mark.once

STORED = json.loads((Path(__file__).parent / "stored-1.json").read_text("utf-8"))


def line(answers: dict[str, Any], part: str, code: str, language: str = "vi") -> Line:
    found = explain(NEW, "rural", answers, language)
    return next(one for one in found if (one.part, one.code) == (part, code))


def facts(number: int, answers: dict[str, Any]) -> str:
    return line(answers, "b2", str(number)).facts


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_stored_result_is_explained_the_same_for_ever(language: str) -> None:
    lines = explain(NEW, "rural", STORED["record"], language)
    assert [list(one) for one in lines] == [
        [*one[:7], None if one[7] is None else tuple(one[7]), *one[8:]] for one in STORED[language]
    ]


def test_the_stored_answers_still_give_the_stored_result() -> None:
    again = json.loads(json.dumps(record(NEW, "rural", STORED["answers"])))
    assert again == STORED["record"]
    assert result_of(STORED["record"]) == score(NEW, "rural", STORED["answers"])


def test_one_line_per_item_and_indicator() -> None:
    assert NEW.table is not None
    lines = explain(NEW, "rural", household())
    assert [one.code for one in lines if one.part == "b1"] == [one.code for one in NEW.table.items]
    assert [one.code for one in lines if one.part == "b2"] == [str(no) for no in range(1, 13)]


def test_the_points_of_the_lines_add_up_to_the_result() -> None:
    answers = household(member(activity=None), member(5, growth="short"), b1={"electricity": 60})
    result = score(NEW, "rural", answers)
    for part, interval in (("b1", result.b1), ("b2", result.b2)):
        points = [
            one.points for one in explain(NEW, "rural", answers) if one.part == part and one.points
        ]
        assert (sum(low for low, _ in points), sum(high for _, high in points)) == interval


def test_reference_and_mark_are_those_of_the_definition() -> None:
    nutrition, insurance = line({}, "b2", "3"), line({}, "b2", "4")
    assert (nutrition.mark, insurance.mark) == ("V2", "R")
    assert nutrition.source == "NĐ 07/2021/NĐ-CP, Phụ lục"
    assert not nutrition.verified
    assert line({}, "b1", "assets").mark == "M"
    assert explain(OLD, "rural", {})[0].verified


@pytest.mark.parametrize(
    ("number", "members", "expected"),
    [
        (
            1,
            [member(activity="jobless")],
            "Thành viên 1: 40 tuổi, không có việc, muốn làm và làm được, nam",
        ),
        (
            1,
            [member(), member(position="wage", contract="unknown")],
            "Thành viên 2: chưa rõ có hợp đồng lao động hay không",
        ),
        (1, [member(58, sex=None, activity="jobless")], "Thành viên 1: chưa rõ giới tính"),
        (1, [member(birth=None, activity="jobless")], "Thành viên 1: chưa rõ ngày sinh"),
        (
            1,
            [member()],
            "Không ai trong độ tuổi lao động bị thiếu việc làm hoặc làm công không có hợp đồng.",
        ),
        (
            2,
            [member(70, allowance=True)],
            (
                "1 người phụ thuộc; 1 thành viên; Thành viên 1: 70 tuổi, "
                "không có giấy xác nhận khuyết tật, hưởng trợ cấp xã hội hằng tháng"
            ),
        ),
        (
            2,
            [member(8), member()],
            "1 người phụ thuộc; 2 thành viên. Người phụ thuộc không quá nửa số thành viên.",
        ),
        (3, [member(0, growth="light")], "Thành viên 1: dưới 1 tuổi, nhẹ cân so với tuổi"),
        (
            3,
            [member(5, birth="2021", growth="short")],
            "Thành viên 1: 5 tuổi (chỉ biết năm sinh, tính theo ngày 1/7), thấp so với tuổi",
        ),
        (
            3,
            [member(5, birth="2021-09", growth="short")],
            "Thành viên 1: 4 tuổi (chỉ biết tháng sinh, tính theo ngày 15), thấp so với tuổi",
        ),
        (
            4,
            [member(insurance="no"), member(), member(insurance="no")],
            (
                "Thành viên 1: 40 tuổi, không có bảo hiểm y tế; "
                "Thành viên 3: 40 tuổi, không có bảo hiểm y tế"
            ),
        ),
        (
            5,
            [member(20, diploma="primary")],
            "Thành viên 1: 20 tuổi, không đi học, tốt nghiệp tiểu học",
        ),
        (5, [member(20, diploma=None)], "Thành viên 1: chưa rõ bằng cấp"),
        (6, [member(13, studying="primary")], "Thành viên 1: 13 tuổi, học tiểu học"),
        (11, [member(internet="no")], "Thành viên 1: không dùng internet"),
        (
            11,
            [member(internet="no"), member(internet="unknown")],
            "Thành viên 2: chưa rõ có dùng internet hay không",
        ),
    ],
)
def test_the_facts_in_words(number: int, members: list[dict[str, Any]], expected: str) -> None:
    assert facts(number, household(*members)) == expected


@pytest.mark.parametrize(
    ("number", "changes", "expected"),
    [
        (
            7,
            {"wall": "other", "column": None, "roof": "sheet"},
            "tường vật liệu khác; chưa rõ cột; mái tôn, tấm lợp; 2 kết cấu không bền chắc",
        ),
        (
            7,
            {},
            (
                "tường gạch, đá; cột bê tông cốt thép; mái ngói xi măng, đất nung; "
                "không có kết cấu nào được biết là không bền chắc"
            ),
        ),
        (8, {"area_m2": 7.5}, "diện tích nhà ở 7,5 m²; 1 thành viên"),
        (8, {"area_m2": 40.0}, "diện tích nhà ở 40 m²; 1 thành viên"),
        (8, {"area_m2": None}, "chưa rõ diện tích nhà ở; 1 thành viên"),
        (9, {"water": "other"}, "nguồn nước khác"),
        (10, {"toilet": "none"}, "không có nhà tiêu"),
        (12, {"devices": []}, "không có phương tiện nào"),
        (12, {"devices": ["tv", "laptop"]}, "ti vi; máy tính xách tay"),
        (12, {"devices": None}, "chưa rõ có phương tiện nào"),
    ],
)
def test_the_facts_of_the_house_in_words(
    number: int, changes: dict[str, Any], expected: str
) -> None:
    assert facts(number, household(house=house(**changes))) == expected


def test_before_any_member_is_entered() -> None:
    assert facts(1, {"house": house()}) == facts(11, {}) == "chưa kê khai thành viên"
    assert facts(8, {"house": house()}) == "diện tích nhà ở 60 m²; chưa kê khai thành viên"


def test_stated_indicators_rest_on_no_facts() -> None:
    found = line({"indicators": {"4": False}}, "b2", "4")
    assert (found.state, found.answer, found.facts) == ("not_deprived", "không thiếu hụt", "")


def test_states_of_items() -> None:
    answers = household(member(70), b1={"assets": ["car", "fridge"], "land": []})
    found = {
        code: line(answers, "b1", code)
        for code in ("household_size", "assets", "land", "livestock")
    }
    assert [one.state for one in found.values()] == [
        "not_scored",
        "answered",
        "answered",
        "unanswered",
    ]
    assert found["assets"].answer == "Ô tô; Tủ lạnh"
    assert found["land"].answer == "không có"
    assert found["livestock"].answer == "chưa đủ câu trả lời"
    assert found["household_size"].points == (0, 0)
    assert found["household_size"].facts == "1 thành viên"


def test_a_diploma_that_cannot_count_is_not_named() -> None:
    answers = household(
        member(diploma="college"), member(5, diploma=None), member(20, diploma=None)
    )
    assert line(answers, "b1", "highest_diploma").facts == (
        "Thành viên 1: tốt nghiệp cao đẳng; Thành viên 3: chưa rõ bằng cấp"
    )


def test_stated_points_are_one_line() -> None:
    found = [one for one in explain(NEW, "urban", {"b1": 132}) if one.part == "b1"]
    assert [(one.code, one.state, one.points) for one in found] == [("b1", "stated", (132, 132))]
    assert found[0].source.startswith("TT 07/2021")


def test_standards_without_points() -> None:
    assert {one.part for one in explain(OLD, "rural", {})} == {"b2"}
    assert {one.points for one in explain(NEXT, "rural", {"indicators": {"1": True}})} == {None}
    assert explain(NEXT, "rural", {"b1": 5})[0].points == (5, 5)


def test_english_is_the_second_language() -> None:
    answers = household(member(activity="jobless"), house=house(area_m2=7.5))
    found = line(answers, "b2", "1", "en")
    assert found.facts == "Member 1: aged 40, no job, willing and able, male"
    assert (found.label, found.answer) == ("Job", "deprived")
    assert line(answers, "b2", "8", "en-gb").facts == "7.5 m² of housing; members: 1"


def test_a_result_is_explained_by_its_own_standard_table_and_area_only() -> None:
    stored = record(NEW, "rural", household())
    for standard, area in ((NEW, "urban"), (NEXT, "rural"), (NEW.with_table(None), "rural")):
        with pytest.raises(OtherStandardError, match="vn-2022-illustrative-1 / rural"):
            explain(standard, area, stored)  # type: ignore[arg-type]


def test_points_of_a_stored_result_are_its_own_copy() -> None:
    stored = json.loads(json.dumps(record(NEW, "rural", {"b1": {"electricity": 60}})))
    stored["items"]["electricity"][1:3] = [7, 7]
    found = next(one for one in explain(NEW, "rural", stored) if one.code == "electricity")
    assert found.points == (7, 7)


def test_a_record_holds_no_more_than_codes() -> None:
    text = json.dumps(record(NEW, "rural", household(member(relation="head", ethnicity="Tày"))))
    assert "head" not in text
    assert born(40) not in text
