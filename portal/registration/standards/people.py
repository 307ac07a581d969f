"""Rules about one member: each says yes, no, or nothing while a fact is missing.

Facts and definitions: NĐ 07/2021/NĐ-CP, appendix, as `domain/indicator-facts.md` lays them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portal.registration.standards.ages import Age, Day, age_on
from portal.registration.standards.limits import Band, Limits

Answers = Mapping[str, Any]


class Person:
    """A member's answers with the age on the reference day; `years` is None while unknown.

    `pension`: the pension ages of the day's year, (men, women) in months.
    """

    __slots__ = ("age", "answers", "months", "pension", "years")
    age: Age | None
    months: int | None
    years: int | None

    def __init__(
        self, answers: Answers, on: Day | None, limits: Limits, pension: tuple[int, int]
    ) -> None:
        self.answers = answers
        self.pension = pension
        self.age = self.months = self.years = None
        birth = answers.get("birth")
        if birth is not None and on is not None:
            self.age = age_on(birth, on, limits.unknown_month, limits.unknown_day)
        if self.age is not None:
            self.months = self.age.months
            self.years = self.months // 12


Rule = Callable[[Person, Limits], bool | None]


def _both(first: bool | None, second: bool | None) -> bool | None:
    """And, where one no settles it."""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def working_age(person: Person, limits: Limits) -> bool | None:
    """From 16 to the pension age of year and sex; of an unknown sex where both agree."""
    months = person.months
    if months is None:
        return None
    if months < limits.working_from * 12:
        return False
    men, women = person.pension
    sex = person.answers.get("sex")
    if sex is not None:
        return months < (men if sex == "male" else women)
    return True if months < min(men, women) else None if months < max(men, women) else False


def without_job(person: Person, limits: Limits) -> bool | None:
    """1: of working age, wants work and is able to, has none; or wages without a contract."""
    return _both(_lacks_job(person.answers), working_age(person, limits))


def _lacks_job(answers: Answers) -> bool | None:
    activity = answers.get("activity")
    if activity != "employed":
        return None if activity is None else activity == "jobless"
    position, contract = answers.get("position"), answers.get("contract")
    if contract == "yes" or position not in {None, "wage"}:
        return False
    return True if contract == "no" and position == "wage" else None


def dependant(person: Person, limits: Limits) -> bool | None:
    """2: a child, or elderly or disabled with a monthly social allowance."""
    years, answers = person.years, person.answers
    disabled, allowance = answers.get("disabled"), answers.get("allowance")
    if years is None:
        return True if disabled is True and allowance is True else None
    if years < limits.child_below:
        return True
    return _both(True if years >= limits.elderly_from else disabled, allowance)


def malnourished(person: Person, limits: Limits) -> bool | None:
    """3: a child too short or too light for its age."""
    growth, years = person.answers.get("growth"), person.years
    if growth == "no" or (years is not None and years >= limits.child_below):
        return False
    return None if years is None or growth not in {"short", "light"} else True


def uninsured(person: Person, limits: Limits) -> bool | None:
    """4: aged 6 or over, without health insurance."""
    insurance, years = person.answers.get("insurance"), person.years
    if insurance == "yes" or (years is not None and years < limits.insurance_from):
        return False
    return None if years is None or insurance != "no" else True


def uneducated(person: Person, limits: Limits) -> bool | None:
    """5: aged 16 to 30, neither studies nor holds a diploma fitting the age."""
    studying, diploma = person.answers.get("studying"), person.answers.get("diploma")
    if studying not in {None, "none"}:
        return False
    if person.years is None:
        return False if diploma in limits.adults_any else None
    band = _band(limits.adults, person.years)
    if band is None or diploma in band.accepted:
        return False
    return None if studying is None or diploma is None else True


def out_of_school(person: Person, limits: Limits) -> bool | None:
    """6: aged 3 to under 16, not at the school level fitting the age."""
    studying = person.answers.get("studying")
    if person.years is None:
        return False if studying in limits.pupils_any else None
    band = _band(limits.pupils, person.years)
    if band is None or studying in band.accepted:
        return False
    return None if studying is None else True


def _band(bands: tuple[Band, ...], years: int) -> Band | None:
    for band in bands:
        if band.start <= years < band.below:
            return band
    return None


def offline(person: Person, _limits: Limits) -> bool | None:
    """11: does not use the internet."""
    internet = person.answers.get("internet")
    return None if internet in {None, "unknown"} else internet == "no"
