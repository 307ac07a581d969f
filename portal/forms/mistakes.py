"""Mistakes in the data of a questionnaire, named with their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class QuestionnaireError(ValueError):
    """The data of a questionnaire are wrong; the message names the place."""


@contextmanager
def at(place: object) -> Iterator[None]:
    """Put the place before whatever goes wrong inside: `thanh-vien: nguoi: birth: …`."""
    try:
        yield
    except QuestionnaireError as error:
        raise QuestionnaireError(f"{place}: {error}") from error
    except KeyError as error:
        raise QuestionnaireError(f"{place}: {error.args[0]} is missing") from error
    except (AttributeError, IndexError, TypeError, ValueError) as error:
        raise QuestionnaireError(f"{place}: {error}") from error
