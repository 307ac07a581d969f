"""People on posted lists: found by their names, never drained by words that name nobody.

Each attack below gave every household of a place before the words of a name were counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from search import places
from search.contract import LIST_ENTRY, Engine, Put, Reason, SearchEntry, SearchResult, State
from search.queries import ask

pytestmark = pytest.mark.django_db
TAN_TRAO, YEN_SON = "02545", "02473"
COMMUNES = {TAN_TRAO: "xã Tân Trào", YEN_SON: "xã Yên Sơn"}
FOLDED = {"tan trao": TAN_TRAO, "yen son": YEN_SON}
HEADS = (
    ("Nguyễn Văn An", "Thôn Tân Lập", TAN_TRAO),
    ("Nguyễn Thị Lý", "Thôn Tân Lập", TAN_TRAO),
    ("Hoàng Văn Tân", "Thôn Bòng", TAN_TRAO),
    ("Ma Thị Đức", "Thôn Bòng", YEN_SON),
    ("Nguyễn Văn Ân", "Thôn Khe Trúc", YEN_SON),
)


def household(number: int, name: str, village: str, commune: str) -> SearchEntry:
    """An entry as `portal.registration.searchable` makes it."""
    return SearchEntry(
        kind=LIST_ENTRY,
        key=str(number),
        version=1,
        title=name,
        url=f"/danh-sach/ho-ngheo/?xa={commune}",
        summary=f"{village}, {COMMUNES[commune]}",
        facets={"commune": (commune,)},
        places=(commune,),
    )


@pytest.fixture(autouse=True)
def posted(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five households of two communes, an article about one of them, and the communes' names."""

    def named(names: Iterable[str]) -> Mapping[str, str]:
        return {FOLDED[name]: name for name in names if name in FOLDED}

    monkeypatch.setattr(places, "_named", [named])
    article = SearchEntry("article", "1", 1, "Nguyễn Tất Thành về Tân Trào", "/tin/1/")
    entries = [household(n, *head) for n, head in enumerate(HEADS)]
    engine.apply([Put(entry) for entry in [article, *entries]])
    engine.refresh()


def people(result: SearchResult) -> set[str]:
    return {hit.title for hit in result.hits if hit.kind == LIST_ENTRY}


def found(text: str, commune: str = "") -> set[str]:
    filters = {"commune": (commune,)} if commune else {}
    return people(ask(text, kinds=(LIST_ENTRY,), filters=filters))


ATTACKS = {
    "a word twice": "nguyen nguyen",
    "a word with and without its marks": "nguyen nguyễn NGUYỄN",
    "a middle name twice": "thi thi",
    "one word in its two spellings": "ly lí",
    "a village": "thon tan lap",
    "a village with its commune": "thôn Tân Lập, xã Tân Trào",
    "a commune": "tan trao",
    "a commune with its kind": "xã Yên Sơn",
    "a commune by its code": "02545",
    "a code and one word": "02545 nguyen",
    "a word of a name and a word of every village": "nguyen thon",
    "a word of a name and a word of every commune": "nguyen xa",
    "a letter that one engine folds": "nguyen nguyeŋ",
    "a wide letter that one engine folds": "nguyen ｎguyen",
    "a letter that one engine takes for a space": "nguyen nguyen\u19b0",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_that_are_no_full_name_list_nobody(attack: str) -> None:
    """Attack: a list, one for search only too, is drained by words that name nobody."""
    result = ask(ATTACKS[attack], kinds=(LIST_ENTRY,))
    assert (people(result), result.total) == (set(), 0)
    # Nor do the counts of another kind's tab tell how many are not shown.
    beside = ask(ATTACKS[attack], kinds=("article",)).facets
    assert LIST_ENTRY not in beside.get("kind", {})
    assert not beside.get("commune")


@pytest.mark.parametrize("text", ["nguyen nguyen", "thon tan lap", "tan trao", "nguyen thon"])
def test_what_is_withheld_is_said(text: str) -> None:
    for kinds in ((), (LIST_ENTRY,)):
        result = ask(text, kinds=kinds)
        assert (result.state, result.reason) == (State.LIMITED, Reason.LIST_TOO_SHORT)


def test_a_number_alone_asks_for_nobody() -> None:
    assert ask("167").state == State.COMPLETE


def test_a_name_that_nobody_has_is_a_complete_answer() -> None:
    result = ask("lo van toi", kinds=(LIST_ENTRY,))
    assert (result.state, result.total) == (State.COMPLETE, 0)


def test_a_place_is_still_found_in_everything_else() -> None:
    result = ask("tan trao")
    assert [hit.kind for hit in result.hits] == ["article"]
    assert result.total == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nguyen van an", {"Nguyễn Văn An", "Nguyễn Văn Ân"}),
        ("van an", {"Nguyễn Văn An", "Nguyễn Văn Ân"}),
        ("Nguyễn Văn An Tân Trào", {"Nguyễn Văn An"}),
        ("nguyen van an thon tan lap", {"Nguyễn Văn An"}),
        ("nguyen li", {"Nguyễn Thị Lý"}),
    ],
)
def test_two_words_of_a_name_find_it_with_its_place_or_without(text: str, names: set[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("text", ["nguyen tan trao", "Nguyễn, xã Tân Trào"])
def test_one_word_of_a_name_and_the_commune_typed(text: str) -> None:
    assert found(text) == {"Nguyễn Văn An", "Nguyễn Thị Lý"}


def test_one_word_of_a_name_and_the_commune_chosen() -> None:
    assert found("nguyen", TAN_TRAO) == {"Nguyễn Văn An", "Nguyễn Thị Lý"}
    assert found("thon", TAN_TRAO) == set()
    assert found("thon tan lap", TAN_TRAO) == set()


def test_all_communes_chosen_are_no_commune() -> None:
    """Attack: one family name of the whole province by choosing every commune at once."""
    result = ask("nguyen", kinds=(LIST_ENTRY,), filters={"commune": (TAN_TRAO, YEN_SON)})
    assert people(result) == set()


def test_a_commune_chosen_tells_nothing_of_the_others() -> None:
    """Attack: the counts beside the filter tell how many of a family live in each commune."""
    result = ask("nguyen", filters={"commune": (TAN_TRAO,)})
    assert result.facets["commune"] == {TAN_TRAO: 2}
