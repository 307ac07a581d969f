"""Attacks on reference and code, through both pages that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from portal.forms.access import MOST_PER_ADDRESS, MOST_PER_REFERENCE, WINDOW
from portal.forms.errors import BlockedError, WrongCodeError
from portal.forms.models import AccessAttempt, Draft
from portal.forms.references import new_reference
from portal.forms.throttle import MARK
from portal.jobs import clock
from tests.forms.engine.browsers import COOKIE, Browser, location, words
from tests.forms.samples import URL, fill

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("mounted")]
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=clock.ZONE)
ASKING = ["khai/tiep-tuc/", "tra-cuu/"]


@pytest.fixture(autouse=True)
def _morning(db: None) -> Iterator[None]:
    """Time stands still, so that the quarter of an hour is exact."""
    with clock.frozen(MORNING):
        yield


@pytest.fixture
def draft() -> Draft:
    """Somebody's form, filled in on another device."""
    return fill(Browser())


def wrong(draft: Draft) -> dict[str, str]:
    """The reference with a code that is not the form's."""
    code = f"{(int(draft.code) + 1) % 10**8:08}"
    return {"reference": draft.reference, "code": code}


def right(draft: Draft) -> dict[str, str]:
    return {"reference": draft.reference, "code": draft.code}


def outcomes() -> list[str]:
    """Of attempts at references; that a form was begun is counted beside them."""
    attempts = AccessAttempt.objects.exclude(reference__startswith=MARK).order_by("pk")
    return list(attempts.values_list("outcome", flat=True))


@pytest.mark.parametrize("path", ASKING)
@pytest.mark.parametrize("code", ["", "1234", "123456789", "abcdefgh", "١٢٣٤٥٦٧٨"])
def test_a_reference_without_a_code(client: Browser, draft: Draft, path: str, code: str) -> None:
    """Attack: a reference that was read over somebody's shoulder, and no code."""
    page = client.post(f"{URL}{path}", {"reference": draft.reference, "code": code})
    assert page.status_code == 200
    assert 'href="#id_code"' in page.content.decode()
    assert COOKIE not in page.cookies
    assert outcomes() == []


@pytest.mark.parametrize("path", ASKING)
@pytest.mark.parametrize("sent", [False, True])
def test_the_sixth_guess(client: Browser, draft: Draft, path: str, sent: bool) -> None:
    """Attack: guessing the code of a known reference, of a draft and of an arrived form."""
    owner = Browser()
    owner.post(f"{URL}khai/tiep-tuc/", right(draft))
    owner.post(f"{URL}khai/xem-lai/" if sent else f"{URL}khai/xong/")
    AccessAttempt.objects.all().delete()
    guesses = [client.post(f"{URL}{path}", wrong(draft)) for _time in range(MOST_PER_REFERENCE)]
    assert all(str(WrongCodeError.sentence) in words(page) for page in guesses)
    blocked = client.post(f"{URL}{path}", right(draft))
    assert str(BlockedError.sentence) in words(blocked)
    assert COOKIE not in blocked.cookies
    assert outcomes() == ["wrong"] * MOST_PER_REFERENCE + ["blocked"]
    logged = AccessAttempt.objects.values_list("reference", flat=True)
    assert set(logged) == {draft.reference}


@pytest.mark.parametrize("path", ASKING)
def test_the_block_ends_after_a_quarter_of_an_hour(
    client: Browser, draft: Draft, path: str
) -> None:
    """Attack on the owner: a stranger's guesses must not lock the form for ever."""
    for _time in range(MOST_PER_REFERENCE):
        Browser().post(f"{URL}{path}", wrong(draft))
    with clock.frozen(MORNING + WINDOW - timedelta(seconds=1)):
        assert COOKIE not in client.post(f"{URL}{path}", right(draft)).cookies
    with clock.frozen(MORNING + WINDOW + timedelta(seconds=1)):
        assert COOKIE in client.post(f"{URL}{path}", right(draft)).cookies
    assert outcomes()[-2:] == ["blocked", "opened"]


def test_guesses_on_both_pages_are_counted_together(client: Browser, draft: Draft) -> None:
    """Attack: five guesses on one page, five more on the other."""
    for path in [*ASKING * 2, ASKING[0]]:
        client.post(f"{URL}{path}", wrong(draft))
    assert str(BlockedError.sentence) in words(client.post(f"{URL}{ASKING[1]}", right(draft)))


@pytest.mark.parametrize(
    "spelling", [str.lower, lambda text: text.replace("-", " "), lambda text: f"  {text}  "]
)
def test_another_spelling_is_the_same_reference(
    client: Browser, draft: Draft, spelling: object
) -> None:
    """Attack: the reference in another spelling, to be counted anew."""
    for _time in range(MOST_PER_REFERENCE):
        client.post(f"{URL}tra-cuu/", wrong(draft))
    typed = {**right(draft), "reference": spelling(draft.reference)}  # type: ignore[operator]
    assert str(BlockedError.sentence) in words(client.post(f"{URL}tra-cuu/", typed))


def test_many_references_from_one_address(client: Browser, draft: Draft) -> None:
    """Attack: one code tried on many references; the network address is counted too."""
    for _time in range(MOST_PER_ADDRESS):
        reference = new_reference("RS", clock.today())
        client.post(f"{URL}tra-cuu/", {"reference": reference, "code": "12345678"})
    assert str(BlockedError.sentence) in words(client.post(f"{URL}tra-cuu/", right(draft)))
    elsewhere = Browser(REMOTE_ADDR="10.9.8.7")
    assert location(elsewhere.post(f"{URL}tra-cuu/", right(draft)))


def test_a_reference_that_does_not_exist_looks_the_same(client: Browser, draft: Draft) -> None:
    """Attack: finding out which references exist, by the answer."""
    invented = {"reference": new_reference("RS", clock.today()), "code": "12345678"}
    pages = [words(client.post(f"{URL}tra-cuu/", typed)) for typed in (invented, wrong(draft))]
    assert all(str(WrongCodeError.sentence) in page for page in pages)
    assert outcomes() == ["wrong", "wrong"]


@pytest.mark.parametrize("path", ASKING)
def test_an_address_opens_nothing(client: Browser, draft: Draft, path: str) -> None:
    """Attack: reference and code in a link, which would stay in logs and histories."""
    page = client.get(f"{URL}{path}", right(draft))
    assert page.status_code == 200
    assert COOKIE not in page.cookies
    assert not page.context["form"].is_bound
    assert outcomes() == []


def test_a_reference_of_another_form(client: Browser, draft: Draft) -> None:
    """Attack: reference and code of a form of another kind."""
    Draft.objects.filter(pk=draft.pk).update(form="khac")
    page = client.post(f"{URL}tra-cuu/", right(draft))
    assert 'href="#id_reference"' in page.content.decode()
    assert COOKIE not in page.cookies


@pytest.mark.parametrize("value", ["\x00", "a" * 5000, "<script>x</script>", "RS-26-OOOO-OOOU"])
@pytest.mark.parametrize("name", ["reference", "code"])
def test_nonsense_is_answered_at_the_field(
    client: Browser, draft: Draft, name: str, value: str
) -> None:
    """Attack: anything but a reference, anything but a code."""
    page = client.post(f"{URL}tra-cuu/", {**right(draft), name: value})
    assert page.status_code == 200
    assert f'href="#id_{name}"' in page.content.decode()
    assert "<script>x" not in page.content.decode()
    assert outcomes() == []


def test_after_sending_the_same_code_shows_the_status(client: Browser, draft: Draft) -> None:
    """The other side: the codes stay good, and lead to where the form stands."""
    client.post(f"{URL}khai/tiep-tuc/", right(draft))
    client.post(f"{URL}khai/xem-lai/")
    for path in ASKING:
        elsewhere = Browser()
        opened = location(elsewhere.post(f"{URL}{path}", right(draft)))
        assert opened == f"{URL}tra-cuu/ho-so/"
        assert draft.reference in words(elsewhere.get(opened))
