"""A questionnaire refuses what does not hold in it, and names the place."""

from __future__ import annotations

import copy
import json
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from django.utils import translation

from portal.forms.conditions import Age, All, Answered, AnyOf, Is
from portal.forms.loading import build, condition, load
from portal.forms.mistakes import QuestionnaireError
from portal.forms.questionnaire import Group, Page
from portal.forms.texts import Text
from tests.forms.engine.spoiling import (
    HOUSE,
    MEMBERS,
    WHERE,
    Change,
    changed,
    field,
    look,
    member,
    step,
)
from tests.forms.samples import RAW

MISTAKES: dict[str, tuple[Change, str]] = {
    "unknown key of the form": (lambda raw: raw.update(step=[]), "thu: unknown step"),
    "no legal basis": (lambda raw: raw.pop("legal_basis"), "thu: legal_basis is missing"),
    "no steps": (lambda raw: raw.update(steps=[]), "thu: no steps"),
    "no consent": (lambda raw: raw.pop("consent"), "thu: consent: consent is missing"),
    "consent without wording": (
        lambda raw: raw["consent"].update(wording=""),
        "thu: consent: no wording",
    ),
    "unknown key of consent": (
        lambda raw: raw["consent"].update(date="x"),
        "thu: consent: unknown date",
    ),
    "unknown key of a page": (
        lambda raw: step(raw, WHERE).update(titel="x"),
        "thu: noi-o: unknown titel",
    ),
    "no title": (lambda raw: step(raw, WHERE).pop("title"), "thu: noi-o: title is missing"),
    "an empty title": (lambda raw: step(raw, WHERE).update(title=""), "thu: noi-o: no title"),
    "no fields": (lambda raw: step(raw, WHERE).update(fields=[]), "thu: noi-o: no fields"),
    "fields that are no list": (
        lambda raw: step(raw, WHERE).update(fields="x"),
        "thu: noi-o: a list is expected, not 'x'",
    ),
    "unknown key of a group": (
        lambda raw: step(raw, MEMBERS).update(fields=[]),
        "thu: thanh-vien: unknown fields",
    ),
    "unknown key of a field": (
        lambda raw: field(raw, WHERE).update(requierd=True),
        "thu: noi-o: commune: unknown requierd",
    ),
    "unknown key inside a group": (
        lambda raw: member(raw)["fields"][1].update(x=1),
        "thu: thanh-vien: ai: birth: unknown x",
    ),
    "no label": (
        lambda raw: field(raw, WHERE).pop("label"),
        "thu: noi-o: commune: label is missing",
    ),
    "an empty label": (lambda raw: field(raw, WHERE).update(label=""), "noi-o: commune: no label"),
    "a label of three": (
        lambda raw: field(raw, WHERE).update(label=["a", "b", "c"]),
        "thu: noi-o: commune: a text is [vi, en] or vi, not ['a', 'b', 'c']",
    ),
    "a label of numbers": (
        lambda raw: field(raw, WHERE).update(label=[1, 2]),
        "thu: noi-o: commune: a text is [vi, en] or vi, not [1, 2]",
    ),
    "required in words": (
        lambda raw: field(raw, WHERE).update(required="no"),
        "thu: noi-o: commune: required is true or false, not 'no'",
    ),
    "a field without name": (
        lambda raw: field(raw, WHERE).pop("name"),
        'thu: noi-o: ? ({"kind": "commune"',
    ),
    "unknown kind": (
        lambda raw: field(raw, WHERE).update(kind="ward"),
        "thu: noi-o: commune: there is no kind 'ward'",
    ),
    "unknown option": (
        lambda raw: member(raw)["fields"][1].update(options={"partal": True}),
        "thu: thanh-vien: ai: birth: date has no option partal",
    ),
    "unknown list": (
        lambda raw: member(raw, 1)["fields"][0].update(list="yes-no"),
        "thu: thanh-vien: hoc: studying: there is no list 'yes-no'",
    ),
    "a list and choices": (
        lambda raw: member(raw)["fields"][2].update(list="yes_no"),
        "thu: thanh-vien: ai: sex: choices of its own, or a list, not both",
    ),
    "choices missing": (
        lambda raw: member(raw)["fields"][2].pop("choices"),
        "thu: thanh-vien: ai: sex: choice needs choices",
    ),
    "choices of a text": (
        lambda raw: field(raw, HOUSE, 2).update(list="yes_no"),
        "thu: nha: reason: long_text takes no choices",
    ),
    "a choice of two words": (
        lambda raw: raw["lists"]["yes_no"].append(["maybe", "Có lẽ"]),
        "thu: yes_no: no choice: ['maybe', 'Có lẽ']",
    ),
    "a choice without label": (
        lambda raw: raw["lists"]["yes_no"].append(["maybe", "", "Maybe"]),
        "thu: yes_no: a choice without code or label",
    ),
    "a code twice": (
        lambda raw: raw["lists"]["yes_no"].append(["yes", "Vâng", "Yes"]),
        "thu: thanh-vien: hoc: studying: choice 'yes' stands twice",
    ),
    "unknown key of a choice": (
        lambda raw: field(raw, HOUSE)["choices"][2].update(only=True),
        "thu: nha: devices: unknown only",
    ),
    "none is no choice": (
        lambda raw: field(raw, HOUSE).update(options={"none": "nothing"}),
        "thu: nha: devices: none names 'nothing'",
    ),
    "none does not stand alone": (
        lambda raw: field(raw, HOUSE).update(options={"none": "tv"}),
        "thu: nha: devices: none names 'tv'",
    ),
    "a name twice": (
        lambda raw: field(raw, HOUSE, 1).update(name="commune"),
        "thu: field 'commune' stands twice",
    ),
    "a name inside and outside of the group": (
        lambda raw: field(raw, HOUSE, 1).update(name="birth"),
        "thu: field 'birth' stands twice",
    ),
    "a field named as the group": (
        lambda raw: field(raw, HOUSE, 1).update(name="members"),
        "thu: field 'members' stands twice",
    ),
    "an address twice": (
        lambda raw: step(raw, HOUSE).update(slug="noi-o"),
        "thu: step 'noi-o' stands twice",
    ),
    "an address twice in a group": (
        lambda raw: member(raw, 1).update(slug="ai"),
        "thu: thanh-vien: page 'ai' stands twice",
    ),
    "inputs of one name": (
        lambda raw: member(raw)["fields"][3].update(name="birth_day"),
        "thu: thanh-vien: ai: input 'birth_day' stands twice",
    ),
    "no group pages": (
        lambda raw: step(raw, MEMBERS).update(pages=[]),
        "thu: thanh-vien: pages, or least and most",
    ),
    "least above most": (
        lambda raw: step(raw, MEMBERS).update(least=9),
        "thu: thanh-vien: pages, or least and most",
    ),
    "least in words": (
        lambda raw: step(raw, MEMBERS).update(least="one"),
        "thu: thanh-vien: invalid literal",
    ),
    "a title of unknown fields": (
        lambda raw: step(raw, MEMBERS).update(item_title=["fullname"]),
        "thu: thanh-vien: item_title or single: there is no fullname here",
    ),
    "single over another page's answer": (
        lambda raw: step(raw, MEMBERS).update(single={"when": look("area"), "message": "x"}),
        "thu: thanh-vien: item_title or single: a condition looks at area",
    ),
    "single without message": (
        lambda raw: step(raw, MEMBERS).update(single={"when": look("sex", "male")}),
        "thu: thanh-vien: message is missing",
    ),
    "a group that may begin with nothing": (
        lambda raw: member(raw).update(when=look("commune")),
        "thu: thanh-vien: the first page of a group is always asked",
    ),
}
for _name in ("id", "lan", "csrfmiddlewaretoken"):
    MISTAKES[f"the engine's own name {_name}"] = (
        lambda raw, name=_name: field(raw, HOUSE, 2).update(name=name),  # type: ignore[misc]
        f"thu: nha: {_name}: '{_name}' is a name of the engine itself",
    )
for _name in ("Tên", "a-b", "1a", "tên", "a b", "a" + "\n"):
    MISTAKES[f"a name such as {_name!r}"] = (
        lambda raw, name=_name: field(raw, HOUSE, 2).update(name=name),  # type: ignore[misc]
        "a name is lower case letters, digits and _",
    )
for _slug in ("xem-lai", "tiep-tuc", "ma", "xong", "xoa", "moi", "Nhà", "a_b", "-a", "a--b", "a/b"):
    MISTAKES[f"the address {_slug}"] = (
        lambda raw, slug=_slug: step(raw, HOUSE).update(slug=slug),  # type: ignore[misc]
        f"thu: {_slug}: '{_slug}' is no address of a step",
    )
    MISTAKES[f"the address {_slug} in a group"] = (
        lambda raw, slug=_slug: member(raw).update(slug=slug),  # type: ignore[misc]
        f"thu: thanh-vien: {_slug}: '{_slug}' is no address of a step",
    )


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place(name: str) -> None:
    change, sentence = MISTAKES[name]
    with pytest.raises(QuestionnaireError) as told:
        build(changed(change))
    assert sentence in str(told.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "phieu-1.json: Expecting"),
        ("[]", "phieu-1.json: ? ([]): an object is expected, not []"),
        ('"x"', 'phieu-1.json: ? ("x"): an object is expected'),
        (json.dumps(RAW | {"steps": 5}), "phieu-1.json: thu: 'int' object is not iterable"),
        (json.dumps(RAW | {"steps": [5]}), "phieu-1.json: thu: argument of type 'int'"),
        (json.dumps(RAW | {"lists": []}), "phieu-1.json: thu: 'list' object has no attribute"),
        (json.dumps({**RAW, "id": ""}), "phieu-1.json: ? ("),
        (json.dumps({**RAW, "id": "a" * 41}), "an id has 1 to 40 letters"),
        (json.dumps({**RAW, "version": "1" * 21}), "a version has 1 to 20 letters"),
    ],
)
def test_a_file_that_holds_something_else(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "phieu-1.json"
    path.write_text(content, "utf-8")
    with pytest.raises(QuestionnaireError) as told:
        load(path)
    assert sentence in str(told.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireError, match=r"phieu-1\.json: "):
        load(tmp_path / "phieu-1.json")


def test_a_text_falls_back_to_vietnamese() -> None:
    found = build(RAW)
    both, alone = found.title, found.steps[WHERE].title
    with translation.override("en"):
        assert (str(both), str(alone), str(Text("Xã", ""))) == ("Trial form", "Nơi ở", "Xã")
    with translation.override("vi"):
        assert (str(both), str(alone)) == ("Phiếu thử", "Nơi ở")
    with translation.override("fr"):
        assert str(both) == "Phiếu thử"
    assert not Text()


def test_the_five_conditions() -> None:
    raw = [
        {"field": "a", "is": "x"},
        {"field": "a", "any_of": ["x", "y"]},
        {"field": "a", "answered": True},
        {"field": "a", "age": {"from": 3, "below": 30}},
        {"all": [{"field": "b", "is": "x"}]},
    ]
    found = (Is("a", "x"), AnyOf("a", ("x", "y")), Answered("a"), Age("a", 3, 30))
    assert condition(raw) == All((*found, All((Is("b", "x"),))))
    assert list(condition(raw).names()) == ["a", "a", "a", "a", "b"]


def test_nobody_changes_a_questionnaire() -> None:
    raw = copy.deepcopy(RAW)
    field(raw, HOUSE, 1)["options"] = {"places": 1}
    member(raw)["fields"][3] = {
        "name": "citizen",
        "kind": "digits",
        "label": "Số",
        "options": {"lengths": [9, 12]},
    }
    found = build(raw)
    before = build(copy.deepcopy(raw))
    group = found.steps[MEMBERS]
    assert isinstance(group, Group)
    for thing, name in ((found, "title"), (group, "most"), (group.fields[0], "label")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, "x")
    assert isinstance(group.fields[3].option("lengths"), tuple)
    field(raw, HOUSE, 1)["options"]["places"] = 5
    raw["steps"].clear()
    assert found == before
    assert hash(found.steps[HOUSE]) == hash(before.steps[HOUSE])


def test_fields_are_found_inside_and_outside_of_groups() -> None:
    found = build(RAW)
    names = [one.name for one in found.fields()]
    assert names[:4] == ["commune", "village", "phone", "full_name"]
    assert isinstance(found.step("nha"), Page)
    assert found.step("khong-co") is None
    assert next(found.fields()).source == "Thông tư thử"
