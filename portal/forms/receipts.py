"""Receipts (biên nhận): made from the committed row, as facts, as PDF, and as an address to check.

The proof is the beginning of the hash of the ledger's entry. A receipt holds no answers and no
names; the code stands on it only where the sender alone sees it, on the paper on a strip to cut.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.areas.models import Unit
from portal.areas.queries import unit_on
from portal.forms import registry
from portal.forms.models import Submission
from portal.forms.references import BETWEEN, LONGEST_TYPED, MISREAD, shown_code
from portal.jobs import clock
from portal.printing.render import render_pdf

PROOF_LENGTH = 16
PROOF = re.compile(rf"[0-9a-f]{{{PROOF_LENGTH}}}")
REFERENCE, PROOF_INPUT = "so", "dau"
STATUS = "tra-cuu/"
SEALED = ("answers", "salt", "code")
PROVINCE = "tỉnh"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says; `title` and `place` are Vietnamese in every language.

    `code` is empty unless it was asked for, and once it is erased.
    """

    reference: str
    code: str
    title: str
    version: str
    sent: str
    place: str
    filler: str
    means: str
    chain: str
    number: int
    hash: str
    proof: str
    check_url: str
    status_url: str


def facts_of(
    submission: Submission, base_url: str = "", *, with_code: bool = False
) -> ReceiptFacts:
    """The facts, read from the database whatever the object in hand says."""
    unread = ("answers", "salt") if with_code else SEALED
    row = _rows().defer(*unread).get(pk=submission.pk)
    entry = row.entry
    return ReceiptFacts(
        reference=row.reference,
        code=shown_code(row.code) if with_code and row.code else "",
        title=title_of(row),
        version=row.version,
        sent=sent_of(row),
        place=place_of(row),
        filler=row.get_filler_display(),
        means=row.get_means_display(),
        chain=entry.chain.name,
        number=entry.number,
        hash=entry.hash,
        proof=shown_proof(entry.hash),
        check_url=check_url(row, base_url),
        status_url=f"{base_url}{registry.mount_url(row.form) or '/'}{STATUS}",
    )


def pdf(submission: Submission, base_url: str, *, with_code: bool = False) -> bytes:
    """The receipt on paper (A5), in Vietnamese, tagged for readers by ear."""
    with translation.override("vi"):
        facts = facts_of(submission, base_url, with_code=with_code)
        return render_pdf("receipt", _paper(facts))


def check_url(submission: Submission, base_url: str) -> str:
    """Where anyone who holds the receipt can check it."""
    proof = submission.entry.hash[:PROOF_LENGTH]
    query = urlencode({REFERENCE: submission.reference, PROOF_INPUT: proof})
    return f"{base_url}{reverse('receipt_check')}?{query}"


def find(reference: str, proof: str) -> Submission | None:
    """The arrived form of a receipt; `None` for a wrong reference and a wrong proof alike."""
    row = _rows().defer(*SEALED).filter(reference=reference).first()
    known = row.entry.hash[:PROOF_LENGTH] if row else "-" * PROOF_LENGTH
    return row if hmac.compare_digest(known, proof) else None


def shown_proof(digest: str) -> str:
    """The first sixteen characters in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, PROOF_LENGTH, 4))


def read_proof(typed: str) -> str | None:
    """Typed proof characters in their plain form; `None` when they cannot be a proof."""
    plain = BETWEEN.sub("", typed[:LONGEST_TYPED]).upper().translate(MISREAD).lower()
    return plain if PROOF.fullmatch(plain) else None


def title_of(row: Submission) -> str:
    """The Vietnamese title in the version of the form, as long as a room offers it."""
    form = registry.all_types().get(row.form)
    if form is None:
        return row.form
    return form.versions.get(row.version, form.current).title.vi


def sent_of(row: Submission) -> str:
    """The time in Viet Nam: `25/11/2026 - 15:30`."""
    return row.sent_at.astimezone(clock.ZONE).strftime("%d/%m/%Y - %H:%M")


def place_of(row: Submission) -> str:
    """Where the form belongs: `xã Tân Trào, tỉnh Tuyên Quang`, or the province alone."""
    unit = row.unit or unit_on(settings.PROVINCE_CODE, row.sent_at.astimezone(clock.ZONE).date())
    names: list[str] = []
    above: Unit | None = unit
    while above is not None:
        names.append(str(above))
        above = above.parent
    return ", ".join(names) or PROVINCE


def _rows() -> Any:
    return Submission.objects.select_related("unit__parent__parent", "entry__chain")


def _paper(facts: ReceiptFacts) -> dict[str, Any]:
    """What the template draws; the squares of the QR code row by row."""
    squares = segno.make(facts.check_url, error="m").matrix
    return {
        "issuer": settings.WAGTAIL_SITE_NAME,
        "note": _("Demonstration: this receipt has no legal effect.") if settings.DEMO else "",
        "facts": {name: str(getattr(facts, name)) for name in ReceiptFacts.__slots__},
        "check_page": facts.check_url.partition("?")[0],
        "squares": ["".join(str(int(square)) for square in row) for row in squares],
    }
