"""Questions: asked, followed up, forwarded, answered, published; each sees what is theirs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.areas.models import Role, User
from portal.dialogue.errors import NotAllowedError, StaleError
from portal.dialogue.pages import QuestionIndexPage
from portal.dialogue.questions import services
from portal.dialogue.questions.models import Question
from portal.dialogue.questions.services import Asked
from portal.jobs import clock
from portal.news.models import Field
from portal.privacy.models import ConsentRecord, ReadEvent
from tests.areas.builders import make_commune, make_officer, make_province
from tests.dialogue.conftest import WEDNESDAY, Visitor, desk
from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.django_db]
INDEX = "/hoi-dap/"
FORM, RECEIPT, FOLLOW = f"{INDEX}gui/", f"{INDEX}da-gui/", f"{INDEX}tra-cuu/"
DESK = "/quan-tri/hoi-dap/"
TYPED = {
    "title": "Tách thửa đất ở",
    "text": "Tôi là Ma Thị Đức, muốn tách thửa cho con.",
    "name": "Ma Thị Đức",
    "contact": "0912 345 678",
    "consent": "on",
}
WORDING: dict[str, Any] = {
    "title": "Thủ tục tách thửa đất ở",
    "text": "Muốn tách thửa cho con thì làm thế nào?",
    "answer": "Nộp hồ sơ tại bộ phận một cửa.",
    "agency": "UBND xã Tân Trào",
    "answered_on": WEDNESDAY.date(),
}


@pytest.fixture(autouse=True)
def index(portal: Portal) -> QuestionIndexPage:
    """The page of questions and answers."""
    page = QuestionIndexPage(title="Hỏi đáp", slug="hoi-dap", show_in_menus=True)
    portal.home.add_child(instance=page)
    return page


def ask(**changes: Any) -> Question:
    """A question as it arrived."""
    values = {"name": "Ma Thị Đức", "contact": "0912 345 678", "title": "Tách thửa đất ở"}
    asked = Asked(**({**values, "text": "Muốn tách thửa.", "show_name": False} | changes))
    return services.ask(asked, uuid.uuid4(), uuid.uuid4().hex)


def published(user: User, **changes: Any) -> Question:
    """A question that was answered and published."""
    question = ask(**{key: changes.pop(key) for key in ("show_name", "field") if key in changes})
    question = services.answer(user, question.pk, question.revision, **(WORDING | changes))
    return services.publish(user, question.pk, question.revision)


def code_of(question: Question) -> dict[str, str]:
    """What was noted down."""
    return {"reference": question.reference, "code": str(question.code)}


def test_whoever_asks_gets_reference_and_code_and_follows_up(visitor: Visitor) -> None:
    answer = visitor.send(FORM, **TYPED)
    assert answer["Location"] == RECEIPT
    question = Question.objects.get()
    receipt = visitor.client.get(RECEIPT).content.decode()
    assert question.reference in receipt
    assert f"{question.code[:4]} {question.code[4:]}" in receipt
    assert Visitor("b").client.get(RECEIPT).status_code == 302
    followed = Visitor("b").client.post(FOLLOW, code_of(question)).content.decode()
    assert question.kind_words in followed
    assert "Ma Thị Đức" not in followed


def test_name_contact_and_text_lie_encrypted_and_consent_is_proved(visitor: Visitor) -> None:
    visitor.send(FORM, **TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dialogue_question")
        stored = str([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    for value in ("Ma Th", "0912", "thửa", "th\\xe1"):
        assert value not in stored
    consent = ConsentRecord.objects.get()
    assert (consent.subject_kind, consent.wording_version) == ("question", "hoi-dap-2")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"consent": ""}, "Without your agreement the question cannot be taken in."),
        ({"contact": "hỏi tôi"}, "This is neither a telephone number nor an e-mail address."),
        ({"title": ""}, "Say in one sentence what you ask."),
        ({"website": "x"}, "The last field is a trap for programs and must stay empty."),
    ],
)
def test_mistakes_keep_what_was_typed(
    visitor: Visitor, change: dict[str, str], sentence: str
) -> None:
    answer = visitor.send(FORM, **(TYPED | change)).content.decode()
    assert _(sentence) in answer
    assert TYPED["text"] in answer
    assert not Question.objects.exists()


def test_a_replayed_form_is_one_question_and_too_many_are_refused(visitor: Visitor) -> None:
    """Attack: the same form again and again, then new ones from one address."""
    seal = visitor.seal(FORM)
    for _number in range(3):
        assert visitor.send(FORM, seal=seal, **TYPED).status_code == 302
    assert Question.objects.count() == 1
    statuses = [visitor.send(FORM, **TYPED).status_code for _number in range(3)]
    assert statuses == [302, 302, 429]


def test_a_guessed_code_opens_nothing_and_locks_after_five(visitor: Visitor) -> None:
    """Attack: somebody knows a reference and tries codes; then even the right one is refused."""
    question = ask()
    right = code_of(question)
    for number in range(5):
        wrong = right | {"code": f"{number:08}"}
        page = visitor.client.post(FOLLOW, wrong).content.decode()
        assert question.kind_words not in page
    assert question.kind_words not in visitor.client.post(FOLLOW, right).content.decode()
    with clock.frozen(WEDNESDAY + timedelta(minutes=16)):
        assert question.kind_words in visitor.client.post(FOLLOW, right).content.decode()


def test_a_reference_that_cannot_be_is_not_counted_as_a_guess(visitor: Visitor) -> None:
    page = visitor.client.post(FOLLOW, {"reference": "HD-26-AAAA-AAAA", "code": "12345678"})
    sentence = "This is not a reference. It looks like HD-26-7K3M-9Q2C; look at your note again."
    assert _(sentence) in page.content.decode()


def test_the_commune_sees_what_was_forwarded_to_it_and_nobody_else(
    officer: User, foreign_officer: User, province_officer: User
) -> None:
    """Attack: an officer of another commune opens and answers by the number in the address."""
    question = ask()
    assert desk(officer).get(f"{DESK}{question.pk}/").status_code == 404
    services.forward(province_officer, question.pk, 1, unit=make_commune(), agency="UBND xã")
    assert "0912 345 678" in desk(officer).get(f"{DESK}{question.pk}/").content.decode()
    assert question.reference in desk(officer).get(DESK).content.decode()
    foreign = desk(foreign_officer)
    assert question.reference not in foreign.get(DESK).content.decode()
    assert foreign.get(f"{DESK}{question.pk}/").status_code == 404
    assert foreign.post(f"{DESK}{question.pk}/tra-loi/", {"tra-loi-revision": 2}).status_code == 404
    with pytest.raises(NotAllowedError):
        services.answer(foreign_officer, question.pk, 2, **WORDING)
    assert ReadEvent.objects.filter(record_kind="dialogue.question", user=officer).exists()


def test_what_waits_stands_on_the_officers_day(officer: User, province_officer: User) -> None:
    question = ask()
    assert DESK in desk(province_officer).get("/quan-tri/hom-nay/").content.decode()
    waits = _("Questions and requests of the public")
    assert waits not in desk(officer).get("/quan-tri/hom-nay/").content.decode()
    services.forward(province_officer, question.pk, 1, unit=make_commune(), agency="UBND xã")
    assert waits in desk(officer).get("/quan-tri/hom-nay/").content.decode()


def test_a_commune_answers_and_the_province_publishes(
    officer: User, province_officer: User, visitor: Visitor
) -> None:
    question = ask(show_name=True)
    forward = {"chuyen-revision": 1, "chuyen-unit": make_commune().pk, "chuyen-agency": ""}
    desk(province_officer).post(f"{DESK}{question.pk}/chuyen/", forward)
    question.refresh_from_db()
    assert question.agency == "UBND xã Tân Trào"
    data = {f"tra-loi-{name}": value for name, value in WORDING.items()}
    data |= {"tra-loi-revision": 2, "tra-loi-answered_on": "25/11/2026"}
    assert desk(officer).post(f"{DESK}{question.pk}/tra-loi/", data).status_code == 302
    followed = visitor.client.post(FOLLOW, code_of(question)).content.decode()
    assert WORDING["answer"] in followed
    assert WORDING["title"] not in visitor.client.get(INDEX).content.decode()
    with pytest.raises(NotAllowedError):
        services.publish(officer, question.pk, 3)
    desk(province_officer).post(f"{DESK}{question.pk}/dang/", {"dang-revision": 3})
    assert WORDING["title"] in visitor.client.get(INDEX).content.decode()
    page = visitor.client.get(f"{INDEX}thu-tuc-tach-thua-dat-o/").content.decode()
    assert WORDING["answer"] in page
    assert "Ma Thị Đức" in page
    assert "0912" not in page


def test_the_name_stays_hidden_without_leave_and_markup_is_text(
    province_officer: User, visitor: Visitor
) -> None:
    """Attack: a script in the question that an officer copies into the public wording."""
    question = published(province_officer, answer="<script>alert(1)</script>")
    page = visitor.client.get(f"{INDEX}{question.slug}/").content.decode()
    assert escape("<script>alert(1)</script>") in page
    assert "<script>alert" not in page
    assert "Ma Thị Đức" not in page


def test_taken_down_is_gone_from_page_list_feed_and_search_at_once(
    province_officer: User, visitor: Visitor, drain: Callable[[], int]
) -> None:
    question = published(province_officer)
    drain()
    search = "/tim-kiem/?q=tach+thua"
    places = (INDEX, f"{INDEX}rss/", search)
    assert question.slug in visitor.client.get("/sitemap.xml").content.decode()
    assert all(WORDING["title"] in visitor.client.get(each).content.decode() for each in places)
    services.take_down(province_officer, question.pk, question.revision)
    drain()
    for place in places:
        assert WORDING["title"] not in visitor.client.get(place).content.decode()
    assert visitor.client.get(f"{INDEX}{question.slug}/").status_code == 404


def test_published_ones_are_filtered_by_field_and_words(
    province_officer: User, visitor: Visitor
) -> None:
    land = Field.objects.create(name="Đất đai", slug="dat-dai")
    published(province_officer, field=land)
    published(province_officer, title="Lịch tiêm chủng", text="Khi nào tiêm?", answer="Thứ Hai.")

    def titles(query: str) -> list[bool]:
        page = visitor.client.get(f"{INDEX}?{query}").content.decode()
        return ["Thủ tục tách thửa" in page, "Lịch tiêm chủng" in page]

    assert titles("") == [True, True]
    assert titles("linh-vuc=dat-dai") == [True, False]
    assert titles("q=tiem+chung") == [False, True]
    assert titles("linh-vuc=%00&q=%00&trang=x") == [False, False]


def test_two_questions_of_one_title_have_two_addresses(province_officer: User) -> None:
    first, second = published(province_officer), published(province_officer)
    assert (first.slug, second.slug) == ("thu-tuc-tach-thua-dat-o", "thu-tuc-tach-thua-dat-o-2")
    assert published(province_officer, title="Gửi").slug == "gui-2"


def test_a_refusal_needs_a_reason_which_whoever_asked_reads(
    province_officer: User, visitor: Visitor
) -> None:
    question = ask()
    place = f"{DESK}{question.pk}/tu-choi/"
    desk(province_officer).post(place, {"tu-choi-revision": 1, "tu-choi-reason": ""})
    question.refresh_from_db()
    assert question.state == "received"
    reason = "Xin thông tin riêng của cá nhân."
    desk(province_officer).post(place, {"tu-choi-revision": 1, "tu-choi-reason": reason})
    assert reason in visitor.client.post(FOLLOW, code_of(question)).content.decode()


def test_two_officers_at_once_do_not_overwrite_each_other(province_officer: User) -> None:
    question = ask()
    services.answer(province_officer, question.pk, 1, **WORDING)
    with pytest.raises(StaleError):
        services.refuse(province_officer, question.pk, 1, reason="Trùng")
    page = desk(province_officer).post(
        f"{DESK}{question.pk}/tu-choi/", {"tu-choi-revision": 1, "tu-choi-reason": "Trùng câu"}
    )
    assert "Trùng câu" in page.content.decode()


def test_an_auditor_reads_and_changes_nothing() -> None:
    """Attack: an auditor of the province sends the form of a step."""
    auditor = make_officer("kiemtoan", Role.AUDITOR, make_province(), permissions=("access_admin",))
    question = ask()
    page = desk(auditor).get(f"{DESK}{question.pk}/").content.decode()
    assert '<form method="post" action="/quan-tri/hoi-dap' not in page
    data = {"tu-choi-revision": 1, "tu-choi-reason": "x"}
    assert desk(auditor).post(f"{DESK}{question.pk}/tu-choi/", data).status_code == 302
    question.refresh_from_db()
    assert question.state == "received"


def test_contact_ends_ninety_days_after_the_answer(province_officer: User) -> None:
    done, open_still = published(province_officer), ask()
    with clock.frozen(WEDNESDAY + timedelta(days=91)):
        assert services.erase_due() == 1
    with clock.frozen(WEDNESDAY + timedelta(days=366)):
        assert services.erase_due() == 1
    for question in (done, open_still):
        question.refresh_from_db()
        assert (question.private, question.code) == (None, None)
    assert done.answer == WORDING["answer"]
    assert desk(province_officer).get(f"{DESK}{done.pk}/").status_code == 200
