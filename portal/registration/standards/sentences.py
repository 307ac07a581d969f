"""The sentence before the points: what the answers so far say, and how much is still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from portal.registration.standards.codes import (
    NEAR_POOR,
    NEITHER,
    NO_POINTS,
    POOR,
    Classification,
)
from portal.registration.standards.scoring import Result, possible_classes

DECIDED: Mapping[Classification, str] = MappingProxyType(
    {
        POOR: gettext_noop("By the answers so far the household counts as poor"),
        NEAR_POOR: gettext_noop("By the answers so far the household counts as near-poor"),
        NEITHER: gettext_noop("By the answers so far the household is neither poor nor near-poor"),
    }
)
OPEN: Mapping[Classification, str] = MappingProxyType(
    {
        POOR: gettext_noop("The household may still count as poor"),
        NEAR_POOR: gettext_noop("The household may still count as near-poor"),
    }
)


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole sentence and its parts; `points` and `steps` may be empty.

    `classes`: those still possible, from poor to neither.
    """

    classes: tuple[Classification, ...]
    verdict: str
    points: str
    steps: str

    @property
    def text(self) -> str:
        """“Hộ vẫn có thể thuộc diện hộ nghèo; điểm tạm tính từ 62 đến 95, còn 4 bước.”."""
        rest = ", ".join(part for part in (self.points, self.steps) if part)
        return f"{self.verdict}; {rest}." if rest else f"{self.verdict}."


def summary(result: Result, steps_left: int) -> Summary:
    """What may be said after a step, in the language that is active."""
    return Summary(
        classes=possible_classes(result),
        verdict=_verdict(result),
        points=_points(result),
        steps=_steps(steps_left),
    )


def _verdict(result: Result) -> str:
    if result.reason == NO_POINTS:
        return _("The class cannot be told: there is no table of points for this standard yet")
    possible = possible_classes(result)
    return _((DECIDED if len(possible) == 1 else OPEN)[possible[0]])


def _points(result: Result) -> str:
    if result.b1 is None:
        return ""
    low, high = result.b1
    if low == high:
        return _("provisional points %(points)s") % {"points": low}
    return _("provisional points from %(low)s to %(high)s") % {"low": low, "high": high}


def _steps(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("%(count)s step to go", "%(count)s steps to go", count) % {"count": count}
