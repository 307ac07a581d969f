"""Persons or things that are entered one after the other: the list, a new one, taking one out."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from portal.forms import services
from portal.forms.models import Draft
from portal.forms.mount import Mount
from portal.forms.questionnaire import Group
from portal.forms.reading import title_of
from portal.forms.views.common import ODD, SHOWN, draft_of, draw, go, go_on, walk_of
from portal.forms.walk import ID, Spot, Walk

KEY = re.compile(r"[a-z0-9]{4,12}")
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def is_key(text: str) -> bool:
    """Whether a text can be the key of an item."""
    return bool(KEY.fullmatch(text))


def refusal(walk: Walk, group: Group, spot: Spot) -> str:
    """Why a page of an item is not opened: a note, or nothing.

    A new item begins at its first page and may be one too many; a known one has its own pages.
    """
    if walk.item(group, spot.item):
        return "" if spot in walk.spots else "chua-den"
    if spot.page != group.pages[0].slug:
        return "da-bo"
    return "day" if len(walk.items(group)) >= group.most else ""


def overview(
    request: HttpRequest, mount: Mount, draft: Draft, walk: Walk, group: Group
) -> HttpResponse:
    """Everybody entered so far; going on confirms that nobody is missing."""
    spot = Spot(group.slug)
    own = f"?{SHOWN}={draft.reference}"
    items = [_row(mount, walk, group, item[ID], own) for item in walk.items(group)]
    few = len(items) < group.least
    unfinished = next((row for row in items if not row["done"]), None)
    tried = request.GET.get("vi") == ODD
    odd = not walk.is_single(group)
    if request.method == "POST":
        if few or odd or unfinished is not None:
            return go(mount.at(spot), ODD)
        saved = services.confirm_group(draft.key, spot)
        return go(mount.at(walk_of(saved).after(spot)))
    return draw(
        request,
        mount,
        "group",
        draft=draft,
        group=group,
        items=items,
        few=few and tried,
        unfinished=unfinished if tried else None,
        odd=odd and tried,
        add_url=mount.to(f"khai/{group.slug}/moi/{own}") if len(items) < group.most else None,
        action=mount.at(spot),
        back=mount.at(before) if (before := walk.before(spot)) else None,
        number=walk.number(spot),
        steps=[(one.slug, walk.is_step_done(one)) for one in walk.steps],
        standing=mount.form.standing(walk),
    )


def new_item(request: HttpRequest, mount: Mount, slug: str) -> HttpResponse:
    """A fresh key first: saving its page twice is then saving one item twice."""
    draft = draft_of(request, mount)
    if not isinstance(draft, Draft):
        return draft
    walk, group = _group(draft, slug)
    if not walk.may_open(Spot(slug)):
        return go_on(mount, draft, "chua-den")
    if len(walk.items(group)) >= group.most:
        return go(mount.at(Spot(slug)), "day")
    key = "".join(secrets.choice(LETTERS) for _place in range(6))
    return go(mount.at(Spot(slug, key, group.pages[0].slug)))


def remove_item(request: HttpRequest, mount: Mount, slug: str, item: str) -> HttpResponse:
    """Ask once, then take the item out."""
    draft = draft_of(request, mount)
    if not isinstance(draft, Draft):
        return draft
    walk, group = _group(draft, slug)
    spot = Spot(slug, item)
    if request.method == "POST":
        services.remove_item(draft.key, group.name, spot)
    if request.method == "POST" or not walk.item(group, item):
        return go(mount.at(Spot(slug)))
    return draw(
        request,
        mount,
        "remove",
        draft=draft,
        group=group,
        title=title_of(walk, group, item),
        action=mount.to(f"khai/{slug}/{item}/xoa/"),
        back=mount.at(Spot(slug)),
    )


def _group(draft: Draft, slug: str) -> tuple[Walk, Group]:
    walk = walk_of(draft)
    found = walk.step(slug)
    if not isinstance(found, Group):
        raise Http404
    return walk, found


def _row(mount: Mount, walk: Walk, group: Group, item: str, own: str) -> dict[str, Any]:
    """One entry; `own` lets its links say of which form they are."""
    spots = [spot for spot in walk.spots if (spot.step, spot.item) == (group.slug, item)]
    open_ones = [spot for spot in spots if not walk.is_done(spot)]
    return {
        "title": title_of(walk, group, item),
        "done": not open_ones,
        "url": f"{mount.at((open_ones or spots)[0])}{own}",
        "edit": f"{mount.at(spots[0])}{own}",
        "remove": mount.to(f"khai/{group.slug}/{item}/xoa/{own}"),
    }
