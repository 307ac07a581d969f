"""Tables of B1 points from JSON files: the illustrative one, and later an official one.

Layout (keys are exact): `id`, `standard`, `illustrative`, `label {vi, en}`, `source`, `mark`,
`worker_from`, `worker_to`, `diploma_from` (ages), `items`: each `code`, `type` number | one | many,
`label`, `options`, optionally `derived` (see `DERIVED`), `not_scored_if` (no_worker), `source`,
`mark`; each option `code`, `label`, `points {rural, urban}`, of a number `from`, of a derived
choice `values`.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from django.utils.translation import gettext as _

from portal.registration.standards.codes import AREAS, HOUSE_CHOICES, MEMBER_CHOICES
from portal.registration.standards.model import Item, Option, Table
from portal.registration.standards.points import NOT_SCORED
from portal.registration.standards.reading import MOST_POINTS, Node, read_json

TYPES = ("number", "one", "many")
# What an item can be derived from, with the type it has to be; a choice names its facts.
DERIVED = MappingProxyType(
    {
        "members": "number",
        "area_per_person": "number",
        "durable_parts": "number",
        "diploma": "one",
        **dict.fromkeys(HOUSE_CHOICES, "one"),
    }
)
FACTS = MappingProxyType({"diploma": MEMBER_CHOICES["diploma"], **HOUSE_CHOICES})
CONDITIONS = ("no_worker",)
# Codes that stored results use for themselves.
RESERVED = (NOT_SCORED,)


def load_table(path: Path | str) -> Table:
    """The table of a file. Raises `TableError` naming item and option of the first fault."""
    return parse_table(Node(read_json(Path(path)), ""))


def parse_table(node: Node) -> Table:
    """A table from its document."""
    node.only(
        "id", "standard", "illustrative", "label", "source", "mark",
        "worker_from", "worker_to", "diploma_from", "items",
    )  # fmt: skip
    illustrative = node.value.get("illustrative")
    if not isinstance(illustrative, bool):
        raise node.fault("illustrative", _("true or false is expected."))
    ref = node.ref()
    items = tuple(_item(child) for child in node.children("items", ref))
    if not items:
        raise node.fault("items", _("at least one is expected."))
    _unique(node, "items", [item.code for item in items])
    ages = {key: node.number(key, 200) for key in ("worker_from", "worker_to", "diploma_from")}
    return Table(
        id=node.text("id"),
        standard=node.text("standard"),
        illustrative=illustrative,
        label=node.words("label"),
        items=items,
        ref=ref,
        **ages,
    )


def _item(node: Node) -> Item:
    node.only("code", "type", "label", "options", "derived", "not_scored_if", "source", "mark")
    kind = node.choice("type", TYPES)
    derived = node.choice("derived", tuple(DERIVED)) if "derived" in node.value else None
    if derived is not None and DERIVED[derived] != kind:
        raise node.fault("type", _("expected is one of %(codes)s.") % {"codes": DERIVED[derived]})
    options = tuple(_option(child, kind, derived) for child in node.children("options"))
    if not options:
        raise node.fault("options", _("at least one is expected."))
    _unique(node, "options", [option.code for option in options])
    if kind == "number":
        _bands(node, options)
    if derived is not None and derived in FACTS:
        _covers(node, options, FACTS[derived])
    condition = node.choice("not_scored_if", CONDITIONS) if "not_scored_if" in node.value else None
    return Item(
        code=node.text("code"),
        type=cast("Literal['number', 'one', 'many']", kind),
        label=node.words("label"),
        options=options,
        ref=node.ref(),
        derived=derived,
        not_scored_if=condition,
    )


def _option(node: Node, kind: str, derived: str | None) -> Option:
    points = node.child("points")
    points.only(*AREAS)
    given = {area: points.number(area, MOST_POINTS) for area in AREAS}
    node.only("code", "label", "points", *_own_keys(kind, derived))
    values = node.items("values") if derived in FACTS else []
    for value in values:
        if derived is None or value not in FACTS[derived]:
            raise node.fault("values", _("“%(value)s” is not known.") % {"value": value})
    code = node.text("code")
    if code in RESERVED:
        raise node.fault("code", _("“%(value)s” may not be used.") % {"value": code})
    return Option(
        code=code,
        label=node.words("label"),
        points=MappingProxyType(given),
        start=node.number("from", 1_000_000) if kind == "number" else None,
        values=tuple(values),
    )


def _own_keys(kind: str, derived: str | None) -> tuple[str, ...]:
    if kind == "number":
        return ("from",)
    return ("values",) if derived in FACTS else ()


def _unique(node: Node, key: str, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise node.fault(key, _("“%(value)s” stands twice.") % {"value": code})


def _bands(node: Node, options: tuple[Option, ...]) -> None:
    """Bands rise, and the first begins at 0 or 1: no number falls beside them."""
    starts = [option.start or 0 for option in options]
    if starts[0] > 1 or any(low >= high for low, high in pairwise(starts)):
        raise node.fault("options", _("the bands must begin at 0 or 1 and rise."))


def _covers(node: Node, options: tuple[Option, ...], facts: tuple[str, ...]) -> None:
    """Every possible fact leads to exactly one option."""
    named = [value for option in options for value in option.values]
    for fact in facts:
        if named.count(fact) != 1:
            sentence = _("“%(value)s” must stand in exactly one option.") % {"value": fact}
            raise node.fault("options", sentence)
