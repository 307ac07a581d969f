"""What sending a declaration asks the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.forms import services
from portal.registration.models import Declaration
from tests.registration import declaring

pytestmark = pytest.mark.django_db
# Draft, round, names of the communes, village, chain, entry, end of the chain, record, score.
QUESTIONS = 9


@pytest.mark.parametrize(("village", "area"), [("Thôn Bòng", "rural"), ("Tổ dân phố Một", "urban")])
def test_a_declaration_asks_each_thing_once(
    village: str, area: str, client: Client, django_assert_num_queries: Any
) -> None:
    """The village's type of area decides the score; without one of its own the commune's does."""
    declaring.ready()
    declaring.open_round()
    services.submit(declaring.fill(Client()).key)
    draft = declaring.fill(client, declaring.POOR.with_house(village=village))
    with django_assert_num_queries(QUESTIONS + 2):  # begin and commit, as savepoints here
        sent = services.submit(draft.key).submission
    kept = Declaration.objects.get(submission=sent)
    assert (kept.area, kept.round is not None, kept.record["area"]) == (area, True, area)
