"""Windows, "back" and places: what an attentive stranger tripped over."""

from __future__ import annotations

import re

import pytest

from portal.forms.models import Draft, Submission
from tests.areas.builders import make_commune, make_old_commune
from tests.forms.engine.browsers import Browser, location, words
from tests.forms.samples import MEMBER, URL, begin, fill, send

pytestmark = [pytest.mark.usefixtures("mounted"), pytest.mark.once]

LIST = f"{URL}khai/thanh-vien/"
REVIEW = f"{URL}khai/xem-lai/"
SHOWN = "so-ho-so"


@pytest.fixture
def client() -> Browser:
    """One telephone, on which somebody fills in forms for two households."""
    return Browser()


@pytest.fixture
def two(client: Browser) -> tuple[Draft, Draft]:
    """The first household's form, and the second's, which the browser holds now."""
    return fill(client), fill(client)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("khai/nha/", {"devices": "tv", "lan": "1"}),
        ("khai/thanh-vien/abcd0/ai/", dict(MEMBER)),
        ("khai/thanh-vien/", {}),
        ("khai/xem-lai/", {}),
    ],
    ids=["page", "member", "list", "send"],
)
def test_bug_the_window_of_one_household_wrote_into_the_form_of_another(
    client: Browser, two: tuple[Draft, Draft], path: str, values: dict[str, str]
) -> None:
    first, second = two
    answer = client.post(f"{URL}{path}", {**values, SHOWN: first.reference})
    assert location(answer) == f"{REVIEW}?vi=khac"
    assert second.reference in words(client.get(f"{URL}khai/nha/"))
    kept = Draft.objects.get(pk=second.pk)
    assert (kept.answers, kept.pages) == (second.answers, second.pages)
    assert not Submission.objects.exists()


def test_bug_the_list_of_one_household_led_into_the_form_of_another(
    client: Browser, two: tuple[Draft, Draft]
) -> None:
    """ "Add a person", "change" and "take out", clicked in the window of the first household."""
    first, second = two
    client.post(f"{URL}khai/tiep-tuc/", {"reference": first.reference, "code": first.code})
    page = client.get(LIST).content.decode()
    links = re.findall(rf'href="({LIST}[^"]+)"', page)
    assert len(links) == 3
    client.post(f"{URL}khai/tiep-tuc/", {"reference": second.reference, "code": second.code})
    for link in links:
        assert location(client.get(link)) == f"{REVIEW}?vi=khac"


def test_bug_a_member_of_another_household_was_taken_out(
    client: Browser, two: tuple[Draft, Draft]
) -> None:
    first, second = two
    key = second.answers["members"][0]["id"]
    client.post(f"{LIST}{key}/xoa/", {SHOWN: first.reference})
    assert len(Draft.objects.get(pk=second.pk).answers["members"]) == 1


def test_bug_a_window_was_told_of_the_receipt_of_another_household(
    client: Browser, two: tuple[Draft, Draft]
) -> None:
    """The second household has sent; the first one's window must not look as if it had."""
    first, second = two
    assert location(client.post(REVIEW, {SHOWN: second.reference})) == f"{URL}bien-nhan/"
    late = client.post(f"{URL}khai/nha/", {"devices": "tv", SHOWN: first.reference})
    assert location(late) == f"{URL}khai/tiep-tuc/?vi=khac"
    again = client.post(REVIEW, {SHOWN: second.reference})
    assert location(again) == f"{URL}bien-nhan/"


def test_every_page_that_posts_says_which_form_it_is_of(client: Browser) -> None:
    draft = fill(client)
    key = draft.answers["members"][0]["id"]
    shown = f'name="{SHOWN}" value="{draft.reference}"'
    for path in ("khai/nha/", "khai/thanh-vien/", f"khai/thanh-vien/{key}/xoa/", "khai/xem-lai/"):
        assert shown in client.get(f"{URL}{path}").content.decode(), path


def test_bug_back_after_a_mistake_asked_whether_to_send_again(client: Browser) -> None:
    """The answer to a POST stays in the browser's history; a no-store one cannot be shown again."""
    begin(client)
    refused = send(client, "noi-o", commune="khong co xa nay")
    assert location(refused) == f"{URL}khai/noi-o/"
    page = client.get(f"{URL}khai/noi-o/")
    assert 'value="khong co xa nay"' in page.content.decode()
    assert 'id="loi"' in page.content.decode()


def test_a_page_on_which_nothing_was_ticked_says_so(client: Browser) -> None:
    """Boxes and radio buttons that are left open are not even sent."""
    fill(client)
    page = client.post(f"{URL}khai/nha/", {"lan": "1"}, follow=True).content.decode()
    assert 'href="#id_devices_0"' in page


def test_bug_a_warning_that_was_read_passed_other_answers_unread(client: Browser) -> None:
    fill(client)
    fresh = location(client.get(f"{LIST}moi/"))
    odd = {**MEMBER, "full_name": "Hà Văn Sơn", "sex": "female"}
    asked = location(client.post(fresh, odd))
    assert "không khớp với giới tính" in words(client.get(asked))
    worse = {**odd, "citizen": "008055000999", "da-xem": "1", "lan": "1"}
    assert location(client.post(fresh, worse)) == asked
    assert location(client.post(fresh, {**worse, "lan": "2"})) == LIST


def test_bug_a_question_among_the_mistakes_ended_in_a_colon(client: Browser) -> None:
    begin(client)
    send(client, "noi-o", commune="khong co xa nay")
    page = words(client.get(f"{URL}khai/noi-o/"))
    assert "Xã nào?" in page
    assert "Xã nào?:" not in page


def test_bug_nobody_saw_which_commune_was_understood(client: Browser) -> None:
    """Three communes of today bear the name of a former one elsewhere: the person must notice."""
    today = make_commune("01051", "Tân Tiến")
    for code, name in (("01060", "Bản Luốc"), ("01061", "Tân Tiến")):
        make_old_commune(code, name, today)
    begin(client)
    send(client, "noi-o", commune="tan tien")
    page = words(client.get(f"{URL}khai/thon/"))
    assert "Xã Tân Tiến, " in page
    assert "xã Bản Luốc, xã Tân Tiến" in page
