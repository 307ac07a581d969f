"""The orders of the inbox; names are sorted by their stored key, the given name first."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Case, DateTimeField, F, OrderBy, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import NullIf

from portal.forms.models import Submission

DATE, NAME, AGE, STATE, COMMUNE = "ngay", "ten", "cho", "trang-thai", "xa"
DEFAULT = f"-{AGE}"
WAITING_SINCE = Case(
    When(state=Submission.State.SENT, erased_at=None, then=F("sent_at")),
    output_field=DateTimeField(),
)
WAYS: Mapping[str, tuple[Combinable, ...]] = {
    DATE: (F("sent_at"),),
    NAME: (NullIf(F("sort_key"), Value("")),),
    AGE: (WAITING_SINCE,),
    STATE: (F("state"),),
    COMMUNE: (F("unit__sort_key"), F("unit"), F("village__sort_key")),
}
NAMES = frozenset(WAYS)
# The longer something waits, the earlier it was sent; "sent" comes before "received".
TURNED = frozenset({AGE, STATE})


def order_of(sort: str) -> list[OrderBy]:
    """For `ten` or `-ten`; what has no value comes last both ways, then the newest first."""
    name = sort.removeprefix("-")
    downward = sort.startswith("-") != (name in TURNED)
    ways = [
        OrderBy(way, descending=downward, nulls_last=True)  # type: ignore[arg-type]
        for way in WAYS[name]
    ]
    return [*ways, F("sent_at").desc()]
