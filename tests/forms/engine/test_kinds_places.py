"""Communes, villages and addresses: of today, of before, divided, of one name, of elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import gettext

from portal.areas.models import Kind, Unit
from portal.forms.kinds import Asking, get
from portal.forms.kinds.places import commune_value
from portal.forms.step_form import StepForm
from tests.areas.builders import make_commune, make_old_commune, make_province, make_village
from tests.forms.engine.asking import NAME, ON, again, ask, form, question, refused

pytestmark = [pytest.mark.once, pytest.mark.django_db]
PICK = f"{NAME}_pick"
CHOOSE = gettext("Choose one of the answers below.")


@pytest.fixture
def units() -> dict[str, Unit]:
    """A province of two maps: one commune merged, one divided, two of one name; and Hà Nội."""
    made = {
        "tan_trao": make_commune(),
        "yen_son": make_commune("02473", "Yên Sơn"),
        "minh_xuan": make_commune("02212", "Minh Xuân", kind=Kind.PHUONG),
        "one": make_commune("02600", "Minh Tân"),
        "two": make_commune("02601", "Minh Tân"),
    }
    make_old_commune("02550", "Kim Quan", made["tan_trao"])
    make_old_commune("02551", "Trung Yên", made["tan_trao"], made["yen_son"], people="some")
    hanoi = make_province("01", "Hà Nội")
    made["ba_dinh"] = make_commune("00004", "Ba Đình", kind=Kind.PHUONG, province=hanoi)
    return made


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Tân Trào", "tan_trao"),
        ("xã tân trào", "tan_trao"),
        ("tan trao", "tan_trao"),
        ("Ta\u0302n Tra\u0300o", "tan_trao"),
        ("  Tân \u200b Trào\n", "tan_trao"),
        ("phường Minh Xuân", "minh_xuan"),
        ("P. Minh Xuân", "minh_xuan"),
        ("Kim Quan", "tan_trao"),
        ("xã Kim Quan", "tan_trao"),
    ],
)
def test_names_of_today_and_of_before(units: dict[str, Unit], typed: str, name: str) -> None:
    assert ask("commune", typed) == commune_value(units[name])


@pytest.mark.parametrize(
    ("typed", "names"), [("Trung Yên", ["tan_trao", "yen_son"]), ("Minh Tân", ["one", "two"])]
)
def test_a_divided_name_and_a_name_of_two_ask(
    units: dict[str, Unit], typed: str, names: list[str]
) -> None:
    found = form(question("commune"), typed)
    assert not found.is_valid()
    shown = [code for code, _label in found.fields[PICK].choices]  # type: ignore[attr-defined]
    assert shown == [units[name].code for name in names]
    assert typed in found.problems[0]["sentence"]
    assert found.problems[0]["anchor"] == f"id_{PICK}_0"
    for name in names:
        picked = {NAME: typed, PICK: units[name].code}
        assert ask("commune", picked) == commune_value(units[name])


@pytest.mark.parametrize("typed", ["Yên Sơn", "xã yên sơn", "yen son"])
def test_bug_a_name_of_today_that_was_anothers_before_went_to_todays(
    units: dict[str, Unit], typed: str
) -> None:
    """Somebody of the old Yên Sơn, which went into Tân Trào, reached a commune of strangers."""
    make_old_commune("02560", "Yên Sơn", units["tan_trao"])
    make_old_commune("02473", "Trung Môn", units["yen_son"])
    field = form(question("commune"), typed)
    assert not field.is_valid()
    shown = dict(field.fields[PICK].choices)  # type: ignore[attr-defined]
    assert list(shown) == [units["tan_trao"].code, units["yen_son"].code]
    assert "Trung Môn" in shown[units["yen_son"].code]
    picked = {NAME: typed, PICK: units["yen_son"].code}
    assert ask("commune", picked) == commune_value(units["yen_son"])
    assert again("commune", commune_value(units["yen_son"])) == commune_value(units["yen_son"])


def test_a_commune_that_took_over_its_own_name_does_not_ask(units: dict[str, Unit]) -> None:
    make_old_commune("02560", "Yên Sơn", units["yen_son"])
    assert ask("commune", "Yên Sơn") == commune_value(units["yen_son"])


@pytest.mark.parametrize("code", ["02212", "00004", "x", "\x00", "02545' OR 1=1"])
@pytest.mark.usefixtures("units")
def test_only_the_candidates_can_be_picked(code: str) -> None:
    assert refused("commune", {NAME: "Minh Tân", PICK: code}) == CHOOSE


@pytest.mark.usefixtures("units")
def test_a_pick_left_over_from_another_name_does_not_count() -> None:
    assert ask("commune", {NAME: "Tân Trào", PICK: "02473"})["code"] == "02545"


@pytest.mark.parametrize("name", ["tan_trao", "one", "two"])
def test_a_picked_commune_is_shown_again_with_its_pick(units: dict[str, Unit], name: str) -> None:
    """A page that is opened again and saved unchanged must not ask once more."""
    value = commune_value(units[name])
    assert again("commune", value) == value
    page = StepForm([question("commune")], Asking(ON, {NAME: value}))
    shown = {inner: page[inner].value() for inner in page.fields}
    assert ask("commune", shown) == value


@pytest.mark.parametrize("name", ["tan_trao", "minh_xuan", "one", "two"])
def test_a_commune_of_today_is_sent_without_its_inputs(units: dict[str, Unit], name: str) -> None:
    """Names of two, of today's and of one before: the code says which is meant."""
    make_old_commune("02560", "Minh Xuân", units["tan_trao"])
    value, asking = commune_value(units[name]), Asking(ON)
    assert get("commune").stands(question("commune"), value, asking)
    assert again("commune", value) == value
    assert asking.kept["unit", value["code"], value["since"]] == units[name]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "xã Tân Trào Cũ"},
        {"name": "Tân Trào"},
        {"code": "02550", "name": "xã Kim Quan"},
        {"code": "00004", "name": "phường Ba Đình"},
        {"since": "2001-01-01"},
        {"since": None},
        {"code": ["02545"]},
        {"more": "x"},
    ],
)
def test_a_commune_that_is_not_todays_goes_through_its_inputs(
    units: dict[str, Unit], changes: dict[str, Any]
) -> None:
    """Attack: the draft holds a commune that ended, is elsewhere or has another name by now."""
    value = commune_value(units["tan_trao"]) | changes
    assert not get("commune").stands(question("commune"), value, Asking(ON))


@pytest.mark.parametrize("value", ["02545", ["02545"], 7, True, ""])
@pytest.mark.usefixtures("units")
def test_what_is_no_commune_at_all_goes_through_its_inputs(value: Any) -> None:
    """Attack: a draft whose answers were changed in the database."""
    assert not get("commune").stands(question("commune"), value, Asking(ON))


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    "typed", ["Yên Sơn - Tân Trào", "xã Yên Sơn – Tân Trào", "yen son tan trao", "Yên Sơn-Tân Trào"]
)
def test_bug_a_commune_with_a_dash_in_its_name_was_not_found(typed: str) -> None:
    """Seven of today's, such as Xuân Hương - Đà Lạt: what follows was taken for a district."""
    value = commune_value(make_commune("02620", "Yên Sơn - Tân Trào"))
    assert ask("commune", typed) == value
    assert again("commune", value) == value
    assert get("commune").stands(question("commune"), value, Asking(ON))


@pytest.mark.parametrize(
    "typed", ["Ba Đình", "phường Ba Đình", "Hà Nội", "Không có đâu", "xã Minh Xuân", "<b>x</b>"]
)
@pytest.mark.usefixtures("units")
def test_communes_of_elsewhere_are_refused(typed: str) -> None:
    assert refused("commune", typed)


@pytest.mark.usefixtures("units")
def test_a_name_without_end_is_refused_before_it_is_looked_up() -> None:
    assert "200" in refused("commune", "Minh Tân, " * 100_000)


def test_villages_that_are_known_and_others(units: dict[str, Unit]) -> None:
    known = make_village(units["tan_trao"], "Thôn Bòng")
    answers = {"commune": commune_value(units["tan_trao"])}
    for typed in ("Thôn Bòng", "thôn  bòng", "THON BONG", "Thôn Bo\u0300ng"):
        found = ask("village", typed, answers=answers, of="commune")
        assert found == {"name": "Thôn Bòng", "id": known.pk}
    other = ask("village", "Xóm Mới", answers=answers, of="commune")
    assert other == {"name": "Xóm Mới", "id": None}


def test_a_village_of_another_commune_is_only_a_name(units: dict[str, Unit]) -> None:
    make_village(units["yen_son"], "Thôn Bòng")
    answers = {"commune": commune_value(units["tan_trao"])}
    assert ask("village", "Thôn Bòng", answers=answers, of="commune")["id"] is None
    assert ask("village", "Thôn Bòng", answers={}, of="commune")["id"] is None


def address(province: str, commune: str, detail: str = "", pick: str = "") -> dict[str, Any]:
    return {
        f"{NAME}_province": province,
        f"{NAME}_commune": commune,
        f"{NAME}_detail": detail,
        PICK: pick,
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (address("08", "tân trào", "Tổ 5"), "Tổ 5, xã Tân Trào, tỉnh Tuyên Quang"),
        (address("01", "Ba Đình"), "phường Ba Đình, Hà Nội"),
        (address("08", "Kim Quan"), "xã Tân Trào, tỉnh Tuyên Quang"),
        (address("08", "Trung Yên", "", "02473"), "xã Yên Sơn, tỉnh Tuyên Quang"),
    ],
)
@pytest.mark.usefixtures("units")
def test_addresses_of_the_whole_country(typed: dict[str, Any], words: str) -> None:
    found = ask("address", typed)
    assert get("address").words(question("address"), found).endswith(words.rpartition(", ")[2])
    assert words.split(", ", maxsplit=1)[0] in get("address").words(question("address"), found)
    assert again("address", found) == found


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (address("", "Tân Trào"), "Choose the province or city."),
        (address("08", "", "Tổ 5"), "Write the commune or ward."),
    ],
)
@pytest.mark.usefixtures("units")
def test_half_an_address(typed: dict[str, Any], sentence: str) -> None:
    assert refused("address", typed) == gettext(sentence)


@pytest.mark.parametrize("province", ["99", "\x0008", "08\x00", "a" * 5000, "02545"])
@pytest.mark.usefixtures("units")
def test_a_province_that_is_not_offered(province: str) -> None:
    assert refused("address", address(province, "Trung Yên"))


@pytest.mark.usefixtures("units")
def test_a_commune_of_the_other_province() -> None:
    assert refused("address", address("01", "Tân Trào"))
    assert refused("address", address("08", "Ba Đình"))


@pytest.mark.parametrize(
    "typed",
    [
        address("08", "Tân Trào", "Tổ 5"),
        address("08", "Minh Tân", pick="02601"),
        address("01", "Ba Đình"),
    ],
)
@pytest.mark.usefixtures("units")
def test_an_address_of_today_is_sent_without_its_inputs(typed: dict[str, Any]) -> None:
    value, asking = ask("address", typed), Asking(ON)
    assert get("address").stands(question("address"), value, asking)
    assert again("address", value) == value
    commune = value["commune"]
    kept = asking.kept["unit", commune["code"], commune["since"]]
    assert kept == Unit.objects.get(code=commune["code"])


@pytest.mark.parametrize(
    "changes",
    [
        {"detail": " Tổ  5"},
        {"detail": "x" * 201},
        {"detail": None},
        {"province": {"code": "08", "name": "tỉnh Hà Giang"}},
        {"province": {"code": "01", "name": "thành phố Hà Nội"}},
        {"province": {"code": "99", "name": ""}},
        {"province": "08"},
        {"commune": {"code": "02545", "since": "2025-07-01", "name": "xã Khác"}},
        {"commune": None},
        {"more": "x"},
    ],
)
@pytest.mark.usefixtures("units")
def test_an_address_that_is_not_todays_goes_through_its_inputs(changes: dict[str, Any]) -> None:
    """Attack: the draft holds an address that its page would refuse."""
    value = ask("address", address("08", "Tân Trào", "Tổ 5")) | changes
    assert not get("address").stands(question("address"), value, Asking(ON))


@pytest.mark.parametrize("typed", [address("08", ""), address("", ""), {}])
@pytest.mark.usefixtures("units")
def test_the_province_alone_is_no_address(typed: dict[str, Any]) -> None:
    assert ask("address", typed) is None
