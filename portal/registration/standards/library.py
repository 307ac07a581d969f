"""The standards that the portal ships, read once from their files and never changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from portal.registration.standards.codes import AREAS, Area
from portal.registration.standards.errors import UnknownStandardError
from portal.registration.standards.model import (
    Cut,
    IncomeLine,
    Indicator,
    Service,
    Setting,
    Sign,
    Standard,
    Valued,
)
from portal.registration.standards.reading import Node, frozen, read_json
from portal.registration.standards.table_files import load_table

DATA = Path(__file__).parent / "data"
MOST_VND = 1_000_000_000


@lru_cache(maxsize=1)
def all_ids() -> tuple[str, ...]:
    """The ids of all standards, oldest first."""
    return tuple(sorted(path.stem for path in DATA.glob("vn-*.json")))


@lru_cache(maxsize=16)
def get(name: str) -> Standard:
    """The standard with this id. Raises `UnknownStandardError` naming the known ones."""
    if name not in all_ids():
        raise UnknownStandardError(name, all_ids())
    return _standard(Node(read_json(DATA / f"{name}.json"), name))


def _standard(node: Node) -> Standard:
    period, table = node.child("period"), node.value["table"]
    deprivation = node.child("deprivation")
    settings = (_setting(child) for child in node.children("settings"))
    return Standard(
        id=node.text("id"),
        name=node.words("name"),
        first=period.day("from"),
        last=period.day("to"),
        period_ref=period.ref(),
        lines=tuple(_line(child) for child in node.children("lines")),
        cuts=MappingProxyType({cut.area: cut for cut in map(_cut, node.children("cuts"))}),
        poor_from=_valued(deprivation.child("poor_from")),
        points=_valued(deprivation.child("points")) if deprivation.value["points"] else None,
        services=tuple(_service(child) for child in node.children("services")),
        indicators=tuple(
            _indicator(number, child) for number, child in enumerate(node.children("indicators"), 1)
        ),
        settings=MappingProxyType({setting.code: setting for setting in settings}),
        signs=tuple(
            Sign(child.text("code"), child.words("label"), child.ref())
            for child in node.children("signs")
        ),
        words=frozen(read_json(DATA / f"{node.text('words')}.json")),
        table=load_table(DATA / "tables" / f"{table}.json") if table else None,
    )


def _area(node: Node) -> Area:
    return cast("Area", node.choice("area", AREAS))


def _line(node: Node) -> IncomeLine:
    return IncomeLine(_area(node), node.text("kind"), node.number("amount", MOST_VND), node.ref())


def _cut(node: Node) -> Cut:
    poor = node.number("b1_poor", 1000) if "b1_poor" in node.value else None
    return Cut(_area(node), node.number("b1_max", 1000), poor, node.ref())


def _valued(node: Node) -> Valued:
    return Valued(node.number("value", 1000), node.ref())


def _service(node: Node) -> Service:
    return Service(node.text("code"), node.words("name"), node.ref())


def _setting(node: Node) -> Setting:
    value = frozen(node.value["value"])
    return Setting(node.text("code"), value, node.words("label"), node.ref())


def _indicator(number: int, node: Node) -> Indicator:
    definition = node.child("definition") if "definition" in node.value else None
    return Indicator(
        number=number,
        code=node.text("code"),
        service=node.text("service") if "service" in node.value else "",
        name=node.words("name"),
        ref=node.ref(),
        definition=definition.words("text") if definition else None,
        definition_ref=definition.ref() if definition else None,
        facts=tuple(node.items("facts")),
        clear=node.words("clear") if "clear" in node.value else None,
    )
