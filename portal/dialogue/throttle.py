"""How much one network address may send (`portal.forms.throttle` counts)."""

from __future__ import annotations

from portal.dialogue.errors import TooManyError
from portal.forms import throttle


def spend(purpose: str, address: str, most: int) -> None:
    """Count one more, in the writer's transaction. Raises `TooManyError` beyond `most`.

    `purpose` has at most eleven letters.
    """
    if not throttle.spend(purpose, address, most):
        raise TooManyError
