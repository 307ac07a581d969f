"""The worker's sheet on the form engine: which commune it belongs to, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.areas.models import User
from portal.forms import registry
from portal.forms.inbox.access import may_decide
from portal.forms.loading import load
from portal.forms.models import Submission
from portal.forms.registry import FormType, Place, Section, Sheet
from portal.labour import doubles, national, paper, queries, services
from portal.labour.models import WorkerSheet
from portal.labour.pages import WORKER

Answers = Mapping[str, Any]

QUESTIONNAIRES = Path(__file__).resolve().parent / "questionnaires"
PREFIX = "LD"

# The sheets of one yearly collection are compared with those of the next (what changed in a year is
# its subject), and nothing beyond needs names: two years. Luật 91/2025/QH15 allows no longer than
# the purpose needs; the circular gives no period of its own.
KEEP_DAYS = 2 * 366


def place(answers: Answers) -> Place:
    """The commune where the person lives; else, in the province, of the permanent residence.

    Whoever lives and is registered elsewhere belongs to no commune: the province looks at it.
    """
    commune = answers.get("present_commune")
    if commune:
        village = answers.get("present_village") or {}
        return Place(commune, village.get("id"))
    addresses = (answers.get(name) for name in ("present_residence", "permanent_residence"))
    here = (one["commune"] for one in addresses if one and _in_the_province(one))
    return Place(next(here, None))


def _in_the_province(address: Answers) -> bool:
    return bool(address["province"]["code"] == settings.PROVINCE_CODE)


def sections(submission: Submission, answers: Answers) -> Sequence[Section]:
    """Whether the sheet still counts, and where the registration of workers is done.

    Nothing of the answers: the same words stand on the receipt, the status page and in the inbox.
    Until the commune has looked, they are the same whether or not the person has another sheet:
    whoever tries somebody's number learns nothing.
    """
    sheet = getattr(submission, "worker_sheet", None)
    open_still = submission.state == Submission.State.SENT or bool(sheet and sheet.waiting)
    values = {
        "open": open_still,
        "current": bool(sheet and sheet.current),
        "national": national.CONTEXT,
    }
    return [Section("labour/sheet_section.html", values, str(_("Worker sheet")))]


def for_officers(submission: Submission, user: User) -> Sequence[Section]:
    """What the inbox alone says: whether another sheet of this person counts, and the question."""
    sheet = WorkerSheet.objects.filter(pk=submission.pk).select_related("decided_by").first()
    if sheet is None or not (sheet.waiting or sheet.decided_at):
        return []
    seen = queries.current_sheets_of(submission).visible_to(user).select_related("submission")
    values = {
        "sheet": sheet,
        "others": [
            {"record": other.submission, "same": other.submission.name_key == submission.name_key}
            for other in seen
        ],
        "may_decide": may_decide(user, submission),
        "may_settle": doubles.may_settle(user, submission),
    }
    return [Section("labour/admin/double.html", values, str(_("Two sheets of one person")))]


def on_sent(submission: Submission, answers: Answers, _round: object) -> None:
    """The row that totals are made of."""
    services.record_sheet(submission, answers)


def form_type() -> FormType:
    """The form with every version that answers may still stand under."""
    versions = [load(QUESTIONNAIRES / f"{WORKER}-1.json")]
    return FormType(
        id=WORKER,
        prefix=PREFIX,
        label=_("Worker information sheet"),
        versions={each.version: each for each in versions},
        place=place,
        person=lambda answers: str(answers["full_name"]),
        citizen=lambda answers: str(answers["id_number"]),
        sections=sections,
        for_officers=for_officers,
        on_sent=on_sent,
        sheets=[Sheet("mau-so-03", _("Form 03, filled in"), "worker_sheet", paper.data)],
        keep_days=KEEP_DAYS,
        next_words=_(
            "The commune enters the sheet in the register of workers. Nobody has to come."
        ),
    )


def register() -> None:
    """Called once from the app's `ready()`."""
    registry.register(form_type())
