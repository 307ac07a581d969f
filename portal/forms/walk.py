"""The way through a questionnaire: which pages apply, which are done, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from portal.forms.questionnaire import Field, Group, Page, Questionnaire, Step

ID = "id"


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of the form: of a step, or of one item of a group; the group's list has neither."""

    step: str
    item: str = ""
    page: str = ""

    @property
    def key(self) -> str:
        """How the draft names it: `nha-o` or `thanh-vien/k3f9/viec-lam`."""
        return "/".join(part for part in (self.step, self.item, self.page) if part)


class Walk:
    """A questionnaire together with the answers of a draft on a day."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Mapping[str, Any],
        saved: Mapping[str, int],
        on: date,
    ) -> None:
        self.questionnaire = questionnaire
        self.answers = answers
        self.saved = saved
        self.on = on

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that apply."""
        found = self.questionnaire.steps
        return tuple(step for step in found if step.when.holds(self.answers, self.on))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every page in order; a group's list stands before its items."""
        return tuple(spot for step in self.steps for spot in self._spots_of(step))

    def items(self, group: Group) -> list[dict[str, Any]]:
        """The items of a group as they stand in the answers."""
        return list(self.answers.get(group.name) or [])

    def item(self, group: Group, key: str) -> dict[str, Any]:
        """One item; an unknown key gives an empty one, which is how a new one begins."""
        return next((item for item in self.items(group) if item.get(ID) == key), {})

    def step(self, slug: str) -> Step | None:
        """An applicable step."""
        return next((step for step in self.steps if step.slug == slug), None)

    def page(self, spot: Spot) -> Page | None:
        """The questions of a spot; `None` where nothing is asked or nothing applies."""
        step = self.step(spot.step)
        if isinstance(step, Group):
            return next((page for page in step.pages if page.slug == spot.page), None)
        return step

    def seen(self, spot: Spot) -> dict[str, Any]:
        """The answers that the questions of a spot look at: the item's own come first."""
        step = self.step(spot.step)
        own = self.item(step, spot.item) if isinstance(step, Group) and spot.item else {}
        return {**self.answers, **own}

    def asked(self, spot: Spot) -> tuple[Field, ...]:
        """The questions that are put on a spot."""
        page = self.page(spot)
        answers = self.seen(spot)
        fields = page.fields if page else ()
        return tuple(field for field in fields if field.when.holds(answers, self.on))

    def pages_of(self, group: Group, seen: Mapping[str, Any]) -> list[Page]:
        """The pages that are put of one item; `seen`: its answers among those of the form."""
        return [page for page in group.pages if page.when.holds(seen, self.on)]

    @property
    def applying(self) -> dict[str, Any]:
        """The answers to the questions that are put, as they will be sent; nothing left over."""
        found: dict[str, Any] = {}
        for step in self.steps:
            if not isinstance(step, Group):
                found |= self._given(Spot(step.slug))
            elif step.name in self.answers:
                found[step.name] = [self._item(step, item[ID]) for item in self.items(step)]
        return found

    def is_done(self, spot: Spot) -> bool:
        """Whether a page was saved and holds what it needs, whatever changed elsewhere since."""
        step = self.step(spot.step)
        if isinstance(step, Group) and not spot.item:
            enough = len(self.items(step)) >= step.least and self.is_single(step)
            return bool(self.saved.get(spot.key)) and enough
        answers = self.seen(spot)
        return bool(self.saved.get(spot.key)) and all(
            answers.get(field.name) is not None for field in self.asked(spot) if field.required
        )

    def is_single(self, group: Group) -> bool:
        """Whether exactly one item is what only one may be."""
        if group.single is None:
            return True
        items = self.items(group)
        return sum(group.single.holds(item, self.on) for item in items) == 1

    def is_step_done(self, step: Step) -> bool:
        """Whether all pages of a step are."""
        return all(self.is_done(spot) for spot in self._spots_of(step))

    @property
    def steps_left(self) -> int:
        """Steps that are not done."""
        return sum(not self.is_step_done(step) for step in self.steps)

    @property
    def first_open(self) -> Spot | None:
        """The first page that is not done; `None` when everything is."""
        return next((spot for spot in self.spots if not self.is_done(spot)), None)

    def may_open(self, spot: Spot) -> bool:
        """A page is open when all before it are done, its own group's items apart."""
        for one in self.spots:
            if one == spot or one.step == spot.step:
                return True
            if not self.is_done(one):
                return False
        return False

    def after(self, spot: Spot) -> Spot | None:
        """What comes when a page was saved; `None`: the review."""
        step = self.step(spot.step)
        if isinstance(step, Group) and spot.item:
            following = self._pages_of(step, spot.item)
            slugs = [page.slug for page in following]
            rest = slugs[slugs.index(spot.page) + 1 :] if spot.page in slugs else []
            return Spot(spot.step, spot.item, rest[0]) if rest else Spot(spot.step)
        return self._beside(step, 1)

    def before(self, spot: Spot) -> Spot | None:
        """The page before; `None` at the first one."""
        step = self.step(spot.step)
        if isinstance(step, Group) and spot.item:
            slugs = [page.slug for page in self._pages_of(step, spot.item)]
            place = slugs.index(spot.page) if spot.page in slugs else 0
            return Spot(spot.step, spot.item, slugs[place - 1]) if place else Spot(spot.step)
        return self._beside(step, -1)

    def number(self, spot: Spot) -> int:
        """Which step it is, from 1."""
        return [step.slug for step in self.steps].index(spot.step) + 1

    def _item(self, group: Group, item: str) -> dict[str, Any]:
        found: dict[str, Any] = {ID: item}
        for page in self._pages_of(group, item):
            found |= self._given(Spot(group.slug, item, page.slug))
        return found

    def _given(self, spot: Spot) -> dict[str, Any]:
        answers, names = self.seen(spot), [field.name for field in self.asked(spot)]
        return {name: answers[name] for name in names if answers.get(name) is not None}

    def _beside(self, step: Step | None, way: int) -> Spot | None:
        place = self.steps.index(step) + way if step in self.steps else -1
        return Spot(self.steps[place].slug) if 0 <= place < len(self.steps) else None

    def _spots_of(self, step: Step) -> Iterator[Spot]:
        yield Spot(step.slug)
        if isinstance(step, Group):
            for item in self.items(step):
                for page in self._pages_of(step, item[ID]):
                    yield Spot(step.slug, item[ID], page.slug)

    def _pages_of(self, group: Group, item: str) -> list[Page]:
        return self.pages_of(group, {**self.answers, **self.item(group, item)})
