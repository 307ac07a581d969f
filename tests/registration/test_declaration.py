"""A whole household is declared through the browser and reads its score."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.forms.models import LedgerEntry, Submission
from portal.home.models import FormPage
from portal.jobs import clock
from portal.registration import household as facts_of
from portal.registration import standards
from portal.registration.models import Declaration
from tests.areas.builders import make_commune
from tests.forms.engine.browsers import Browser, location
from tests.registration.declaring import (
    CHILD,
    HEAD,
    LIST,
    POOR,
    RECEIPT,
    REVIEW,
    RICH,
    STATUS,
    URL,
    VAGUE,
    WIFE,
    Household,
    add_person,
    begin,
    declare,
    fill,
    open_round,
    points,
    ready,
    steps,
    unit,
    words,
)

pytestmark = pytest.mark.once

MOST_QUERIES = 25
NEXT_YEAR = datetime(2027, 2, 1, 9, 0, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def page(db: Any, settings: Any) -> FormPage:
    """The page of the declaration; nothing is kept by the page cache."""
    settings.PAGE_CACHE_SECONDS = 0
    return ready()


@pytest.fixture
def client() -> Browser:
    """The household's telephone."""
    return Browser()


def test_a_household_arrives_in_its_commune_with_its_score(client: Browser) -> None:
    sent = declare(client)
    assert (sent.form, sent.version, sent.unit) == ("household", "1", unit())
    assert (sent.village and sent.village.name, sent.name_key) == ("Thôn Bòng", "ma van duc")
    assert sent.citizen_blind
    assert LedgerEntry.objects.get() == sent.entry
    kept = Declaration.objects.get()
    assert (kept.submission, kept.standard, kept.area) == (sent, "vn-2022", "rural")
    assert kept.classification == "poor"
    receipt = words(client.get(f"{URL}{RECEIPT}"))
    assert "Theo những gì đã khai, hộ thuộc diện hộ nghèo" in receipt
    assert "Ma Văn Đức" not in receipt


@pytest.mark.parametrize("household", [POOR, RICH, VAGUE], ids=["poor", "rich", "vague"])
def test_the_sentence_after_each_step_never_excludes_the_end(
    client: Browser, household: Household
) -> None:
    """Points from–to after each page; the last ones are those that are stored and shown."""
    begin(client)
    told = [points(words(page)) for page in steps(client, household)]
    spans = [span for span in told if span is not None]
    assert len(spans) >= len(told) - 1
    low, high = spans[-1]
    assert all(first <= low and high <= last for first, last in spans)
    assert all(before[0] <= after[0] and after[1] <= before[1] for before, after in pairwise(spans))
    client.post(f"{URL}{REVIEW}")
    kept = Declaration.objects.get()
    assert (kept.b1_low, kept.b1_high) == (low, high)
    for path in (RECEIPT, STATUS):
        assert points(words(client.get(f"{URL}{path}"))) == (low, high)


def test_the_steps_that_are_left_are_counted_down(client: Browser) -> None:
    begin(client)
    pages = [words(page) for page in steps(client)]
    assert "còn 7 bước" in pages[0]
    assert "còn 1 bước" in pages[-2]
    assert "bước." not in pages[-1].partition("Đây là tự đánh giá")[0][-80:]


@pytest.mark.parametrize(
    ("household", "outcome", "verdict"),
    [
        (POOR, "poor", "hộ thuộc diện hộ nghèo"),
        (RICH, "neither", "hộ không thuộc diện hộ nghèo, hộ cận nghèo"),
        (VAGUE, "undecided", "Hộ vẫn có thể thuộc diện hộ nghèo"),
    ],
    ids=["poor", "rich", "vague"],
)
def test_sending_is_allowed_whatever_the_score(
    client: Browser, household: Household, outcome: str, verdict: str
) -> None:
    declare(client, household)
    assert Declaration.objects.get().classification == outcome
    assert verdict in words(client.get(f"{URL}{STATUS}"))


def test_the_lines_say_why(client: Browser) -> None:
    declare(client)
    page = words(client.get(f"{URL}{RECEIPT}"))
    facts = ("Việc làm", "Dinh dưỡng", "Bảo hiểm y tế", "Nguồn nước sinh hoạt")
    assert [fact for fact in facts if fact not in page] == []
    assert "Điểm của hộ (B1)" in page
    assert "Tạm tính từ những gì đã khai." in page
    assert "Bảng điểm minh họa" in page


@pytest.mark.parametrize(
    ("village", "area"),
    [("Thôn Bòng", "rural"), ("Tổ dân phố Một", "urban"), ("Thôn chưa có tên", "rural")],
)
def test_the_area_is_the_villages_own_else_the_communes(
    client: Browser, village: str, area: str
) -> None:
    declare(client, POOR.with_house(village=village))
    assert Declaration.objects.get().area == area


def test_an_urban_commune_makes_an_unknown_village_urban(client: Browser) -> None:
    commune = unit()
    commune.area_type = "urban"
    commune.save()
    declare(client, POOR.with_house(village="Thôn chưa có tên"))
    assert Declaration.objects.get().area == "urban"


def test_the_village_of_a_commune_that_was_changed_does_not_stay(client: Browser) -> None:
    """Attack: the commune is changed after the village: the old village must not decide.

    The page of the village is shown again, and the same name is none that the new commune has.
    """
    make_commune("02473", "Yên Sơn")
    household = POOR.with_house(village="Tổ dân phố Một")
    fill(client, household)
    client.post(f"{URL}khai/noi-o/", {"commune": "Yên Sơn", "lan": "1"})
    assert client.post(f"{URL}{REVIEW}")["Location"] == f"{URL}khai/thon/?vi=thieu"
    client.post(f"{URL}khai/thon/", {**household.house, "lan": "1"})
    client.post(f"{URL}{REVIEW}")
    sent = Submission.objects.get()
    assert (sent.unit and sent.unit.code, sent.village) == ("02473", None)
    assert Declaration.objects.get().area == "rural"


def test_the_demo_round_says_what_it_is(client: Browser) -> None:
    open_round()
    note = "Đợt minh họa: bảng điểm minh họa, chưa phải bảng chính thức."
    assert note in words(client.get(URL))
    sent = declare(client)
    assert note in words(client.get(f"{URL}{RECEIPT}"))
    assert Declaration.objects.get(submission=sent).round is not None


def test_from_2027_the_demo_round_names_its_years(client: Browser) -> None:
    open_round()
    note = "Đợt minh họa theo chuẩn 2022–2026."
    assert note not in words(client.get(f"{URL}khai/"))
    with clock.frozen(NEXT_YEAR):
        begin(client)
        pages = [words(page) for page in steps(client)]
        assert all(note in page for page in pages)
        client.post(f"{URL}{REVIEW}")
        kept = Declaration.objects.get()
    assert (kept.standard, kept.classification) == ("vn-2022", "poor")


@pytest.mark.parametrize("standard", ["vn-2027", "vn-2016"])
def test_a_standard_without_points_is_undecided_and_says_so(client: Browser, standard: str) -> None:
    open_round(standard)
    begin(client)
    pages = [words(page) for page in steps(client)]
    sentence = "Chưa xếp loại được: chuẩn này chưa có bảng điểm"
    assert all(sentence in page for page in pages)
    client.post(f"{URL}{REVIEW}")
    kept = Declaration.objects.get()
    assert (kept.classification, kept.b1_low, kept.b1_high) == ("undecided", None, None)
    assert (kept.record or {})["reason"] == "no_points"
    for path in (RECEIPT, STATUS):
        page = words(client.get(f"{URL}{path}"))
        assert sentence in page
        assert points(page) is None


def test_one_head_and_no_other(client: Browser) -> None:
    begin(client)
    pages = steps(client, Household(people=[]))
    next(pages)
    next(pages)
    list(add_person(client, WIFE))
    said = "Mỗi hộ có đúng một chủ hộ."
    assert said in words(client.post(f"{URL}{LIST}", follow=True))
    list(add_person(client, HEAD))
    assert location(client.post(f"{URL}{LIST}")) == f"{URL}khai/nha-o/"
    list(add_person(client, {**HEAD, "full_name": "Ma Văn Hai"}))
    assert said in words(client.post(f"{URL}{LIST}", follow=True))
    assert location(client.get(f"{URL}khai/nha-o/")) == f"{URL}{LIST}?vi=chua-den"


def test_a_child_born_after_the_reference_day_is_a_member(client: Browser) -> None:
    """Attack: the round counts ages on the first of the month; the baby came on the tenth."""
    found = open_round()
    baby = {**CHILD, "birth_day": "10", "birth_month": "11", "birth_year": "2026"}
    baby |= {"activity": "child", "growth": "no"}
    sent = declare(client, Household(people=[HEAD, WIFE, baby]))
    answers = sent.answers or {}
    assert answers["members"][2]["birth"] == "2026-11-10"
    assert "diploma" not in answers["members"][2]
    kept = facts_of.facts(answers, found.reference_day)
    assert kept["members"][2]["birth"] == "2026-11-01"
    assert standards.check_answers(standards.get("vn-2022"), kept)
    indicators = (Declaration.objects.get().record or {})["indicators"]
    assert indicators["2"] == indicators["3"] == indicators["6"] == "not_deprived"


def test_a_card_issued_after_the_reference_day_is_a_card(client: Browser) -> None:
    open_round()
    issued = {"citizen_issued_day": "20", "citizen_issued_month": "11"}
    sent = declare(client, Household(people=[{**HEAD, **issued, "citizen_issued_year": "2026"}]))
    assert (sent.answers or {})["members"][0]["citizen_issued"] == "2026-11-20"


@pytest.mark.parametrize(
    ("age", "asked"), [(2, False), (3, True), (29, True), (30, True), (31, False)]
)
def test_school_is_asked_of_everybody_whom_the_standard_looks_at(
    client: Browser, age: int, asked: bool
) -> None:
    """The fifth indicator looks at 16 to 30 years, the end included."""
    begin(client)
    pages = steps(client, Household(people=[]))
    next(pages)
    next(pages)
    born = {"birth_day": "1", "birth_month": "1", "birth_year": str(2026 - age)}
    filled = [page.request["PATH_INFO"] for page in add_person(client, {**WIFE, **CHILD, **born})]
    shown = "".join(words(client.get(path)) for path in filled if path.endswith("/hoc/"))
    assert ("Đang học cấp học nào?" in shown) is asked


def test_nothing_is_left_undecided_when_everything_is_known(client: Browser) -> None:
    """Everything that the standard needs is asked: no indicator stays open."""
    young = {**WIFE, "birth_year": "1996", "studying": "none", "diploma": "primary"}
    declare(client, Household(people=[HEAD, young, CHILD]))
    record = Declaration.objects.get().record or {}
    assert "undecided" not in record["indicators"].values()
    assert record["b1"][0] == record["b1"][1]


def test_a_page_of_a_full_household_stays_within_the_budget(client: Browser) -> None:
    open_round()
    declared = Household(people=[HEAD, WIFE, CHILD, CHILD, CHILD, CHILD, CHILD, CHILD])
    draft = fill(client, declared)
    key = draft.answers["members"][1]["id"]
    paths = ["noi-o", "thon", "thanh-vien", f"thanh-vien/{key}/cuoc-song", "nha-o", "xem-lai"]
    counts = {path: queries(client, f"{URL}khai/{path}/") for path in paths}
    assert max(counts.values()) <= MOST_QUERIES, counts


def queries(client: Browser, path: str) -> int:
    """What a page costs."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)
