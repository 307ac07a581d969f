"""The ground moves under a form: versions, windows, addresses, languages, drafts that vanish."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from wagtail.models import Locale

from portal.forms import registry, services
from portal.forms.errors import DraftGoneError, FormClosedError, OldVersionError
from portal.forms.models import Draft, Submission
from portal.forms.registry import FormType
from portal.home.models import FormPage
from portal.jobs import clock
from tests.forms import samples
from tests.forms.engine.browsers import Browser, location, words
from tests.forms.samples import MEMBER, RAW, URL, fill, send
from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("mounted")]
GONE = f"{URL}khai/tiep-tuc/?vi=khong-co"
POSTS: dict[str, tuple[str, dict[str, Any]]] = {
    "a valid page": ("khai/nha/", {"devices": ["none"]}),
    "an invalid page": ("khai/thon/", {"phone": "1"}),
    "a new member": ("khai/thanh-vien/abcd12/ai/", MEMBER),
    "the list": ("khai/thanh-vien/", {}),
    "taking out": ("khai/thanh-vien/abcd12/xoa/", {}),
    "sending": ("khai/xem-lai/", {}),
}


@pytest.mark.parametrize("name", POSTS)
def test_a_draft_that_was_deleted(client: Browser, name: str) -> None:
    """Attack: a page that stood open until the draft was at its end is sent."""
    fill(client)
    Draft.objects.all().delete()
    path, values = POSTS[name]
    assert location(client.post(f"{URL}{path}", values)) == GONE
    assert client.get(GONE).status_code == 200
    assert not Draft.objects.exists()


@pytest.fixture
def in_between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen after the page was checked and before it is stored."""

    def late(verb: str, happens: Callable[[], object]) -> None:
        real = getattr(services, verb)

        def after_that(*args: Any, **kwargs: Any) -> Any:
            happens()
            return real(*args, **kwargs)

        monkeypatch.setattr(services, verb, after_that)

    def arrange(happens: Callable[[], object]) -> None:
        for verb in ("save_page", "keep_typed", "confirm_group", "remove_item"):
            late(verb, happens)

    return arrange


SAVING = [name for name in POSTS if name != "sending"]


@pytest.mark.parametrize("name", SAVING)
def test_a_draft_that_is_deleted_while_it_is_saved(
    client: Browser, in_between: Callable[[Callable[[], object]], None], name: str
) -> None:
    """Attack: the nightly deletion between looking at a page and storing it."""
    fill(client)
    in_between(lambda: Draft.objects.all().delete())
    path, values = POSTS[name]
    sent_away = client.post(f"{URL}{path}", values)
    assert location(sent_away) == f"{URL}khai/tiep-tuc/?vi=het"
    assert str(DraftGoneError.sentence) in words(client.get(location(sent_away)))


@pytest.mark.parametrize("name", SAVING)
def test_a_draft_that_is_sent_while_it_is_saved(
    client: Browser, in_between: Callable[[Callable[[], object]], None], name: str
) -> None:
    """Attack: the other window sends the form while this one saves: the receipt is shown."""
    draft = fill(client)
    in_between(lambda: services.submit(draft.key))
    path, values = POSTS[name]
    assert location(client.post(f"{URL}{path}", values)) == f"{URL}bien-nhan/"
    assert Submission.objects.get().answers == draft.answers


@pytest.fixture
def second_version() -> Callable[..., FormType]:
    """Register a second version with another first step, beside the first or in its place."""
    steps = [
        {
            "slug": "moi-hoi",
            "title": "Hỏi thêm",
            "fields": [{"name": "extra", "kind": "text", "label": "Thêm", "required": True}],
        },
        *copy.deepcopy(RAW["steps"]),
    ]

    def replace(*, keep: bool) -> FormType:
        old = [samples.questionnaire()] if keep else []
        return samples.form_type(*old, samples.questionnaire("2", steps=steps))

    return replace


def test_a_draft_finishes_under_its_own_version(
    client: Browser, second_version: Callable[..., FormType]
) -> None:
    """Attack: the questionnaire is replaced while somebody is filling in."""
    draft = fill(client)
    second_version(keep=True)
    assert client.get(f"{URL}khai/moi-hoi/").status_code == 404
    assert send(client, "thon", village="Thôn Bòng", lan="1").status_code == 302
    assert location(client.post(f"{URL}khai/xem-lai/")) == f"{URL}bien-nhan/"
    sent = Submission.objects.get()
    assert (sent.version, sent.reference) == ("1", draft.reference)
    fresh = Browser()
    assert samples.begin(fresh).version == "2"
    assert location(fresh.get(f"{URL}khai/nha/")) == f"{URL}khai/moi-hoi/?vi=chua-den"


PAGES = [
    "khai/ma/",
    "khai/nha/",
    "khai/moi-hoi/",
    "khai/xem-lai/",
    "khai/thanh-vien/",
    "khai/thanh-vien/moi/",
    "khai/thanh-vien/abcd12/ai/",
    "khai/thanh-vien/abcd12/xoa/",
    "bien-nhan/",
    "tra-cuu/ho-so/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_version_that_is_gone(
    client: Browser, second_version: Callable[..., FormType], path: str, method: str
) -> None:
    """Attack: the version of a draft is taken away altogether: a clear sentence, never a 500."""
    fill(client)
    second_version(keep=False)
    answer = getattr(client, method)(f"{URL}{path}", {"devices": "tv"})
    assert location(answer) == f"{URL}khai/tiep-tuc/?vi=cu"
    assert str(OldVersionError.sentence) in words(client.get(location(answer)))


def test_codes_of_a_version_that_is_gone(
    client: Browser, second_version: Callable[..., FormType]
) -> None:
    """Attack: reference and code of such a draft; afterwards the form can be begun anew."""
    draft = fill(client)
    second_version(keep=False)
    typed = {"reference": draft.reference, "code": draft.code}
    opened = Browser().post(f"{URL}khai/tiep-tuc/", typed)
    assert location(opened) == f"{URL}khai/tiep-tuc/?vi=cu"
    assert client.get(f"{URL}khai/").status_code == 200
    assert samples.begin(client).version == "2"
    assert location(client.get(f"{URL}khai/nha/")) == f"{URL}khai/moi-hoi/?vi=chua-den"


def test_an_arrived_form_outlives_its_version(
    client: Browser, second_version: Callable[..., FormType]
) -> None:
    """Attack: the version of an arrived form is taken away: receipt and status stay."""
    draft = fill(client)
    client.post(f"{URL}khai/xem-lai/")
    second_version(keep=False)
    assert draft.reference in words(client.get(f"{URL}bien-nhan/"))
    assert draft.reference in words(client.get(f"{URL}tra-cuu/ho-so/"))
    assert client.get(f"{URL}bien-nhan/tai-ve/").content.startswith(b"%PDF")


def test_a_form_that_no_room_offers_any_more(client: Browser, sample: FormType) -> None:
    """Attack: the whole form is gone while its page stands."""
    fill(client)
    registry._types.pop(sample.id)
    assert client.get(f"{URL}khai/nha/").status_code == 404
    assert client.post(f"{URL}khai/xem-lai/").status_code == 404


NOON = datetime(2026, 11, 25, 12, 0, tzinfo=clock.ZONE)


@pytest.fixture
def closing(mounted: FormPage) -> Iterator[FormPage]:
    """The form closes at noon; it is eleven."""
    mounted.opens_at, mounted.closes_at = NOON - timedelta(days=1), NOON
    mounted.save_revision().publish()
    with clock.frozen(NOON - timedelta(hours=1)):
        yield mounted


def test_the_form_closes_while_somebody_fills_in(client: Browser, closing: FormPage) -> None:
    """Attack: noon passes: saving goes on, sending is refused in words, reopening lets it go."""
    draft = fill(client)
    with clock.frozen(NOON + timedelta(minutes=1)):
        saved = send(client, "nha", devices=["none"], area="50", lan="1")
        assert location(saved) == f"{URL}khai/xem-lai/"
        refused = client.post(f"{URL}khai/xem-lai/")
        page = client.get(location(refused))
        assert str(FormClosedError.sentence) in words(page)
        assert 'action="/ke-khai-thu/khai/xem-lai/"' not in page.content.decode()
        assert not Submission.objects.exists()
        closing.closes_at = NOON + timedelta(days=1)
        closing.save_revision().publish()
        assert location(client.post(f"{URL}khai/xem-lai/")) == f"{URL}bien-nhan/"
    assert Submission.objects.get().reference == draft.reference
    assert (Submission.objects.get().answers or {})["area"] == 50


def test_a_closed_form_is_not_begun_and_can_be_looked_up(
    client: Browser, closing: FormPage
) -> None:
    """Attack: beginning after the end; receipts, status and drafts stay within reach."""
    draft = fill(client)
    client.post(f"{URL}khai/xem-lai/")
    open_one = fill(other := Browser())
    with clock.frozen(NOON + timedelta(hours=1)):
        values = {"filler": "self", "consent": "on", "key": "0" * 32}
        assert "12:00" in words(Browser().post(f"{URL}khai/", values))
        assert draft.reference in words(client.get(f"{URL}bien-nhan/"))
        typed = {"reference": draft.reference, "code": draft.code}
        assert location(Browser().post(f"{URL}tra-cuu/", typed)) == f"{URL}tra-cuu/ho-so/"
        assert open_one.reference in words(other.get(f"{URL}khai/nha/"))
    assert Draft.objects.count() == 1


def test_a_form_is_not_sent_before_it_opens(client: Browser, mounted: FormPage) -> None:
    """Attack: an editor moves the opening into the future while drafts are under way."""
    fill(client)
    mounted.opens_at = clock.now() + timedelta(days=1)
    mounted.save_revision().publish()
    assert location(client.post(f"{URL}khai/xem-lai/")) == f"{URL}khai/xem-lai/?vi=dong"
    assert not Submission.objects.exists()


def test_the_page_moves_to_another_address(client: Browser, mounted: FormPage) -> None:
    """Attack: the page gets a new address in the middle of a form: the codes open it there."""
    draft = fill(client)
    mounted.slug = "ke-khai-moi"
    mounted.save_revision().publish()
    old = send(client, "nha", devices=["tv"])
    assert old.status_code in {301, 302, 404}
    assert location(client.get("/ke-khai-moi/khai/nha/")).endswith("?vi=khong-co")
    typed = {"reference": draft.reference, "code": draft.code}
    opened = client.post("/ke-khai-moi/khai/tiep-tuc/", typed)
    assert location(opened) == "/ke-khai-moi/khai/xem-lai/"
    assert location(client.post("/ke-khai-moi/khai/xem-lai/")) == "/ke-khai-moi/bien-nhan/"


def test_one_form_on_two_pages(client: Browser, portal: Portal) -> None:
    """Attack: the form is filled in on the second page that mounts it, not the first."""
    second = FormPage(title="Nơi khác", slug="noi-khac", form=samples.FORM)
    portal.about.add_child(instance=second)
    url = second.url
    key = client.get(f"{url}khai/").context["form"]["key"].value()
    begun = client.post(f"{url}khai/", {"filler": "self", "consent": "on", "key": key})
    assert location(begun) == f"{url}khai/ma/"
    assert client.get(f"{url}khai/ma/").status_code == 200
    saved = client.post(f"{url}khai/noi-o/", samples.COMMUNE)
    assert location(saved) == f"{url}khai/thon/"
    assert client.get(f"{url}khai/thon/").status_code == 200
    assert location(client.get(f"{URL}khai/thon/")) == GONE
    client.post(f"{url}khai/xong/")
    assert location(client.get(f"{url}khai/thon/")) == f"{url}khai/tiep-tuc/?vi=khong-co"


@pytest.fixture
def english(mounted: FormPage, portal: Portal) -> str:
    """The address of the English page with the form."""
    locale = Locale.objects.create(language_code="en")
    home = portal.home.copy_for_translation(locale)
    home.save_revision().publish()
    page = mounted.copy_for_translation(locale)
    page.title = "Trial"
    page.save_revision().publish()
    return str(page.url)


def test_a_visitor_who_reads_english(client: Browser, english: str) -> None:
    """Attack: the form below `/en/`: its own cookie, English words, Vietnamese where none is."""
    assert english.startswith("/en/")
    page = client.get(f"{english}khai/")
    assert "Trial form" in words(page)
    key = page.context["form"]["key"].value()
    client.post(f"{english}khai/", {"filler": "self", "consent": "on", "key": key})
    client.post(f"{english}khai/noi-o/", samples.COMMUNE)
    client.post(f"{english}khai/thon/", {"village": "Thôn Bòng"})
    fresh = location(client.get(f"{english}khai/thanh-vien/moi/"))
    assert fresh.startswith(english)
    assert "Male" in words(client.get(fresh))
    client.post(fresh, MEMBER)
    client.post(f"{english}khai/thanh-vien/")
    client.post(f"{english}khai/nha/", {"devices": "none", "area": "45.5", "job": "Crops"})
    review = words(client.get(f"{english}khai/xem-lai/"))
    assert "Crops" in review
    assert location(client.post(f"{english}khai/xem-lai/")) == f"{english}bien-nhan/"
    sent = Submission.objects.get()
    assert ((sent.answers or {})["job"], (sent.answers or {})["area"]) == ("61", 45.5)
    assert "Your form has arrived" in words(client.get(f"{english}bien-nhan/"))


def test_a_form_begun_in_one_language_is_finished_in_the_other(
    client: Browser, english: str
) -> None:
    """Attack: a form that was filled in in English is sent on the Vietnamese page."""
    draft = fill(client)
    send(client, "nha", devices=["none"], job="Trồng trọt", lan="1")
    typed = {"reference": draft.reference, "code": draft.code}
    assert location(client.post(f"{english}khai/tiep-tuc/", typed)) == f"{english}khai/xem-lai/"
    assert "Crops" in words(client.get(f"{english}khai/xem-lai/"))
    assert location(client.post(f"{english}khai/xem-lai/")) == f"{english}bien-nhan/"
    add = Submission.objects.get().answers or {}
    assert add["job"] == "61"
