"""Names of places, which only the rooms above know (design section 7).

`register()` is called by the room that owns the units; search asks for the label of a code that
stands in a facet or an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Labels = Callable[[Iterable[str]], Mapping[str, str]]

_labels: list[Labels] = []


def register(labels: Labels) -> None:
    """`labels(codes)` gives the name of each code in force now."""
    _labels[:] = [labels]


def labels_of(codes: Iterable[str]) -> Mapping[str, str]:
    """Names of unit codes; a code nobody knows stands for itself."""
    wanted = list(codes)
    known = _labels[0](wanted) if _labels and wanted else {}
    return {code: known.get(code, code) for code in wanted}
