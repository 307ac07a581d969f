"""The codes of facts and answers: the contract between form, command and scorer.

They are those of `domain/indicator-facts.md`; a fact that is missing is unknown.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

Area = Literal["rural", "urban"]
Classification = Literal["poor", "near_poor", "neither", "undecided"]
State = Literal["deprived", "not_deprived", "undecided"]
Reason = Literal["no_points", "unanswered"]

AREAS: tuple[Area, ...] = ("rural", "urban")
DEPRIVED: State = "deprived"
NOT_DEPRIVED: State = "not_deprived"
UNDECIDED: State = "undecided"
STATES: tuple[State, ...] = (DEPRIVED, NOT_DEPRIVED, UNDECIDED)
POOR: Classification = "poor"
NEAR_POOR: Classification = "near_poor"
NEITHER: Classification = "neither"
NO_CLASS: Classification = "undecided"
NO_POINTS: Reason = "no_points"
UNANSWERED: Reason = "unanswered"

MEMBER_CHOICES = MappingProxyType(
    {
        "sex": ("male", "female"),
        "activity": (
            "employed", "jobless", "studying", "homemaker", "retired", "unable", "child",
        ),
        "position": ("own_account", "family", "wage", "employer", "cooperative"),
        "contract": ("yes", "no", "unknown"),
        "studying": (
            "none", "preschool", "primary", "lower_secondary", "upper_secondary", "vocational",
            "higher",
        ),
        "diploma": (
            "none", "primary", "lower_secondary", "upper_secondary", "vocational", "college",
            "university", "employer_training",
        ),
        "insurance": ("yes", "no", "unknown"),
        "growth": ("no", "short", "light", "unknown"),
        "internet": ("yes", "no", "unknown"),
    }
)  # fmt: skip
MEMBER_FLAGS = ("disabled", "allowance")
# Lists of other rooms: any code is taken, no rule looks at them.
MEMBER_LABELS = ("relation", "ethnicity")
MEMBER_FACTS = ("birth", *MEMBER_LABELS, *MEMBER_CHOICES, *MEMBER_FLAGS)

HOUSE_CHOICES = MappingProxyType(
    {
        "wall": (
            "concrete", "brick_stone", "solid_wood_metal", "earth_lime_straw", "plaited_board",
            "other",
        ),
        "column": ("concrete", "brick_stone", "solid_wood_metal", "poor_wood_bamboo", "other"),
        "roof": ("concrete", "tile", "sheet", "leaf_straw_paper", "other"),
        "water": (
            "piped", "drilled_well", "protected_dug_well", "protected_spring", "rain", "bottled",
            "other",
        ),
        "toilet": (
            "septic_or_semi_septic", "pour_flush", "ventilated_improved_pit", "pit_with_seat",
            "two_vault", "other", "none",
        ),
    }
)  # fmt: skip
DEVICES = ("tv", "radio", "desktop", "telephone", "laptop", "tablet", "smartphone")
STRUCTURES = ("wall", "column", "roof")
HOUSE_FACTS = (*HOUSE_CHOICES, "area_m2", "devices")
