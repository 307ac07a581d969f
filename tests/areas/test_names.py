"""Communes by the names people write, on the real units of the country."""

from __future__ import annotations

from datetime import date

import pytest

from portal.areas.errors import (
    AmbiguousUnitError,
    DividedUnitError,
    UnitNameError,
    UnknownUnitError,
)
from portal.areas.names import UnitIndex, find_unit, readings, resolve_commune
from tests.areas.builders import make_commune, make_old_commune
from tests.areas.country import load_country

TODAY = date(2026, 11, 24)
FOUND = {
    "xã Tân Trào": "02545",
    "TÂN TRÀO": "02545",
    "Ta\u0302n Tra\u0300o": "02545",
    "tan trao": "02545",
    "  Xa   Tan  Trao ": "02545",
    "X.Tân Trào": "02545",
    "P. Minh Xuân": "02215",
    "Phường Phan Thiết": "02215",
    "Hoà An": "02353",
    "TT. Sơn Dương": "02536",
    "Na Hang": "02221",
    "Xà Phìn": "00733",
    "Phó Bảng": "00745",
    "phuong thien": "00694",
    "Thái Bình": "02494",
    "Tân Trào, huyện Sơn Dương, tỉnh Tuyên Quang": "02545",
    "xã Tân Trào, Tuyên Quang": "02545",
}
REFUSED: dict[str, type[UnitNameError]] = {
    "Kim Phú": DividedUnitError,
    "Yên Định": DividedUnitError,
    "Quang Trung": DividedUnitError,
    "Thái Bình, huyện Yên Sơn": DividedUnitError,
    "phường Tân Trào": UnknownUnitError,
    "Tân Trào, Thanh Miện, Hải Dương": UnknownUnitError,
    "huyện Yên Sơn": UnknownUnitError,
    "Hà Nội": UnknownUnitError,
    "": UnknownUnitError,
}


def _refusal(index: UnitIndex, text: str) -> type[UnitNameError] | None:
    try:
        index.commune(text)
    except UnitNameError as error:
        return type(error)
    return None


@pytest.mark.django_db
def test_names_as_people_write_them() -> None:
    load_country()
    index = UnitIndex("08", TODAY)
    assert {text: index.commune(text).code for text in FOUND} == FOUND
    assert {text: _refusal(index, text) for text in REFUSED} == REFUSED
    district = find_unit("huyện Yên Sơn", province="08", on=TODAY)
    assert {"02473", "02494"} <= {unit.code for unit in district}
    assert [str(unit) for unit in find_unit("Hà Giang", province="08", on=TODAY, kind="tinh")] == [
        "tỉnh Tuyên Quang"
    ]


DASHED = {
    ("01", "Văn Miếu - Quốc Tử Giám"): "00226",
    ("01", "phường Văn Miếu – Quốc Tử Giám, Hà Nội"): "00226",
    ("01", "van mieu quoc tu giam"): "00226",
    ("01", "Ba Đình - Hà Nội"): "00004",
    ("68", "P. Xuân Hương - Đà Lạt - Lâm Đồng"): "24781",
    ("79", "Phú Mỹ - Bà Rịa - Vũng Tàu"): "26704",
    ("79", "Phú Mỹ, tỉnh Bà Rịa - Vũng Tàu"): "26704",
    ("79", "phường 10 - thành phố Vũng Tàu - tỉnh Bà Rịa - Vũng Tàu"): "26536",
    ("08", "Tân Trào - Sơn Dương - Tuyên Quang"): "02545",
}


@pytest.mark.django_db
def test_bug_a_dash_always_ended_the_name() -> None:
    """It belongs to the name of seven communes of today, and to that of two older provinces."""
    load_country()
    provinces = {province for province, _text in DASHED}
    of = {province: UnitIndex(province, TODAY) for province in provinces}
    assert {key: of[key[0]].commune(key[1]).code for key in DASHED} == DASHED
    with pytest.raises(UnknownUnitError, match="phường Văn Miếu - Quốc Tử Giám"):
        of["01"].commune("Văn Miếu")
    assert _refusal(of["08"], "Tân Trào - Thanh Miện") is UnknownUnitError
    assert _refusal(of["01"], "Phương Liên - Trung Tự - quận Đống Đa") is DividedUnitError


@pytest.mark.django_db
def test_a_divided_unit_is_refused_with_its_candidates() -> None:
    one, two = make_commune("02215", "Minh Xuân", kind="phuong"), make_commune("02509", "Mỹ Lâm")
    make_old_commune("02500", "Kim Phú", one, two, people="some")
    with pytest.raises(DividedUnitError, match=r"Minh Xuân.*Mỹ Lâm") as caught:
        resolve_commune("xã Kim Phú", TODAY)
    assert set(caught.value.candidates) == {one, two}


@pytest.mark.django_db
def test_two_older_places_of_one_name_are_ambiguous_unless_they_met_again() -> None:
    one, two = make_commune("02215", "Minh Xuân"), make_commune("02509", "Mỹ Lâm")
    make_old_commune("02501", "Tiến Bộ", one)
    make_old_commune("02502", "Tiến Bộ", two)
    make_old_commune("02503", "Thắng Lợi", one)
    make_old_commune("02504", "Thắng Lợi", one)
    with pytest.raises(AmbiguousUnitError, match=r"Minh Xuân.*Mỹ Lâm"):
        resolve_commune("Tiến Bộ", TODAY)
    assert resolve_commune("Thắng Lợi", TODAY) == one


@pytest.mark.django_db
def test_accents_that_were_written_are_meant() -> None:
    plain, marked = make_commune("02301", "Minh Quang"), make_commune("02302", "Minh Quảng")
    assert resolve_commune("xã Minh Quảng", TODAY) == marked
    assert resolve_commune("Minh Quang", TODAY) == plain


@pytest.mark.django_db
def test_land_without_people_is_no_successor() -> None:
    one, two = make_commune("02215", "Minh Xuân"), make_commune("02509", "Mỹ Lâm")
    old = make_old_commune("02501", "Tiến Bộ", one)
    old.successions.create(new=two, part="part", people="none")
    assert resolve_commune("Tiến Bộ", TODAY) == one


def test_a_name_may_begin_with_a_kind() -> None:
    assert {way.name for way in readings("phuong thien")} == {"phuong thien", "thien"}
    assert {way.name for way in readings("Phương Thiện")} == {"phương thiện"}


@pytest.mark.django_db
def test_the_search_gets_the_names_of_today() -> None:
    from search.places import labels_of

    one = make_commune("02296", "Bình An")
    make_old_commune("02296", "Thổ Bình", one)
    assert labels_of(["02296", "xxxxx"]) == {"02296": "xã Bình An", "xxxxx": "xxxxx"}
