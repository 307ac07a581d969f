"""A household that declares itself through a browser, page after page.

`declare(client)` gives the arrived form; `steps(client)` stops after each page, for whoever looks
at what stands there. `ready()` makes the place, the page and, if wanted, a round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from portal.areas.models import AreaType, Unit, Village
from portal.forms.models import Draft, Submission
from portal.home.models import FormPage
from portal.jobs import clock
from portal.registration.models import ReviewRound
from tests.areas.builders import make_commune, make_village
from tests.home.trees import Portal, plant

URL = "/ra-soat-ho-ngheo/"
LIST = "khai/thanh-vien/"
REVIEW = "khai/xem-lai/"
RECEIPT = "bien-nhan/"
STATUS = "tra-cuu/ho-so/"
PAPER = "giay/mau-01/"
Inputs = Mapping[str, Any]

HEAD: Inputs = {
    "full_name": "Ma Văn Đức",
    "relation": "head",
    "sex": "male",
    "birth_day": "07",
    "birth_month": "03",
    "birth_year": "1985",
    "ethnicity": "Tày",
    "citizen": "008085001234",
    "citizen_issued_day": "1",
    "citizen_issued_month": "6",
    "citizen_issued_year": "2022",
    "activity": "employed",
    "insurance": "yes",
    "internet": "no",
    "disabled": "no",
    "allowance": "no",
    "diploma": "lower_secondary",
    "job": "wage_no",
}
WIFE: Inputs = {
    **HEAD,
    "full_name": "Hoàng Thị Ân",
    "relation": "spouse",
    "sex": "female",
    "birth_day": "",
    "birth_month": "",
    "birth_year": "1988",
    "activity": "homemaker",
    "insurance": "no",
}
CHILD: Inputs = {
    **HEAD,
    "full_name": "Ma Thị Bé",
    "relation": "child",
    "sex": "female",
    "birth_year": "2016",
    "activity": "studying",
    "growth": "light",
    "studying": "primary",
}
HOUSE: Inputs = {
    "commune": "xã Tân Trào",
    "village": "Thôn Bòng",
    "address_detail": "Xóm Trên",
    "permanent_same": "yes",
    "phone": "0912 345 678",
    "wall": "plaited_board",
    "column": "poor_wood_bamboo",
    "roof": "leaf_straw_paper",
    "area_m2": "22,5",
    "water": "other",
    "toilet": "none",
    "devices": ["none"],
    "electricity": "30",
    "assets": ["none"],
    "land": ["none"],
    "livestock": ["poultry"],
    "signs": ["none"],
    "request": "poverty",
    "reason": "Lũ quét tháng 9 làm hỏng nhà.",
}
COMFORT: Inputs = {
    "wall": "concrete",
    "column": "concrete",
    "roof": "concrete",
    "area_m2": "180",
    "water": "piped",
    "toilet": "septic_or_semi_septic",
    "devices": ["tv", "smartphone"],
    "electricity": "250",
    "assets": ["car", "motorbike", "fridge", "washing_machine", "water_heater", "air_conditioner"],
    "land": ["garden_pond", "annual_crops"],
    "livestock": ["cattle", "pigs"],
    "signs": ["salary_pension"],
}
UNKNOWN: Inputs = {
    "wall": "unknown",
    "column": "unknown",
    "roof": "unknown",
    "area_m2": "",
    "water": "unknown",
    "toilet": "unknown",
    "electricity": "",
}


@dataclass(frozen=True)
class Household:
    """Inputs of the pages; those of a person stand together, each page takes its own."""

    house: Inputs = field(default_factory=lambda: HOUSE)
    people: Sequence[Inputs] = (HEAD, WIFE, CHILD)

    def with_house(self, **inputs: Any) -> Household:
        """The same with other answers about the house."""
        return replace(self, house={**self.house, **inputs})


POOR = Household()
RICH = Household({**HOUSE, **COMFORT}, [{**HEAD, "job": "wage_yes", "internet": "yes"}])
VAGUE = Household({**HOUSE, **UNKNOWN}, [{**HEAD, "job": "wage_unknown", "internet": "unknown"}])


def ready(portal: Portal | None = None) -> FormPage:
    """Tân Trào with two villages, one of them urban, and the live page of the declaration."""
    unit = make_commune()
    make_village(unit, "Thôn Bòng")
    village = make_village(unit, "Tổ dân phố Một", Village.VillageKind.TO_DAN_PHO)
    Village.objects.filter(pk=village.pk).update(area_type=AreaType.URBAN)
    page = FormPage(title="Rà soát hộ nghèo", slug="ra-soat-ho-ngheo", form="household")
    (portal or plant()).home.add_child(instance=page)
    return page


def open_round(standard: str = "vn-2022", **values: Any) -> ReviewRound:
    """A demo round that is open today, its day the first of the month."""
    today = clock.today()
    defaults: dict[str, Any] = {
        "title": "Đợt thử",
        "kind": ReviewRound.Kind.REGULAR,
        "reference_day": today.replace(day=1),
        "opens_on": today - timedelta(days=10),
        "closes_on": today + timedelta(days=365),
        "demo": True,
    }
    return ReviewRound.objects.create(standard=standard, **(defaults | values))


def begin(client: Client, url: str = URL) -> Draft:
    """Consent, and the codes."""
    key = client.get(f"{url}khai/").context["form"]["key"].value()
    client.post(f"{url}khai/", {"filler": "self", "consent": "on", "key": key})
    return Draft.objects.get(key=key)


def steps(client: Client, household: Household = POOR, url: str = URL) -> Iterator[Any]:
    """Fill in from the first open page to the review; the page that comes after each POST."""
    page = client.get(str(client.get(f"{url}khai/ma/").context["next_url"]))
    people = list(household.people)
    while (path := page.request["PATH_INFO"]) != f"{url}{REVIEW}":
        if path == f"{url}{LIST}" and people:
            yield from add_person(client, people.pop(0), url)
            page = client.get(path)
            continue
        page = _sent(client, path, household.house)
        yield page


def add_person(client: Client, person: Inputs, url: str = URL) -> Iterator[Any]:
    """Enter one member, as many pages as are asked."""
    page = client.get(f"{url}{LIST}moi/", follow=True)
    while (path := page.request["PATH_INFO"]) != f"{url}{LIST}":
        page = _sent(client, path, person)
        yield page


def fill(client: Client, household: Household = POOR, url: str = URL) -> Draft:
    """A whole declaration, ready to be sent."""
    draft = begin(client, url)
    for _page in steps(client, household, url):
        pass
    draft.refresh_from_db()
    return draft


def declare(client: Client, household: Household = POOR, url: str = URL) -> Submission:
    """Begin, fill in and send; what arrived."""
    draft = fill(client, household, url)
    sent = client.post(f"{url}{REVIEW}")
    assert sent["Location"] == f"{url}{RECEIPT}", sent["Location"]
    return Submission.objects.get(reference=draft.reference)


def _sent(client: Client, path: str, inputs: Inputs) -> Any:
    page = client.post(path, {**inputs, "da-xem": "1"}, follow=True)
    form = page.context.get("form") if page.context else None
    problems = form.problems if form is not None and hasattr(form, "problems") else []
    assert page.redirect_chain, path
    assert not problems, (path, problems)
    return page


def words(response: Any) -> str:
    """The page as it is read, in single blanks."""
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def points(text: str) -> tuple[int, int] | None:
    """The provisional points that a page tells; nothing when it tells none."""
    found = re.search(r"[Đđ]iểm tạm tính (?:từ )?(\d+)(?: đến (\d+))?", text)
    return (int(found[1]), int(found[2] or found[1])) if found else None


def unit() -> Unit:
    """The commune of the household."""
    return Unit.objects.get(code="02545", valid_from=date(2025, 7, 1))
