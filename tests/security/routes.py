"""Every address of the portal, read off the real resolver, as data for the walks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ADMIN = "quan-tri/"


@dataclass(frozen=True)
class Route:
    """`name` with its namespaces, or the address where there is no name; `wants` its values."""

    name: str
    address: str
    wants: tuple[str, ...]

    @property
    def space(self) -> str:
        """What the room is called that the address belongs to."""
        return self.name.rpartition(":")[0] or self.name

    @property
    def admin(self) -> bool:
        """Whether it stands in the back office."""
        return self.address.startswith(ADMIN)


def routes() -> list[Route]:
    """All of them, Wagtail's admin and the addresses of both languages included."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], space: str, before: str) -> Iterator[Route]:
    for each in patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, inner, address)
        else:
            yield Route(f"{space}{each.name or address}", address, _wanted(each))


def _wanted(pattern: URLPattern) -> tuple[str, ...]:
    """Names of the values; unnamed ones count from 0."""
    regex = pattern.pattern.regex
    named: Mapping[str, int] = regex.groupindex
    return tuple(named) or tuple(map(str, range(regex.groups)))
