"""What sending asks the database, and what is left when it fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.areas.models import Unit
from portal.forms import services
from portal.forms.errors import IncompleteError
from portal.forms.models import Draft, Submission
from tests.areas.builders import make_village
from tests.forms.samples import fill

pytestmark = pytest.mark.usefixtures("mounted")
# Draft, names of the communes, village, chain, entry, end of the chain, record.
QUESTIONS = 7


@pytest.mark.parametrize("known", [False, True])
def test_sending_asks_each_thing_once(
    known: bool, client: Client, django_assert_num_queries: Any
) -> None:
    """A village that the portal knows is looked up by its page alone."""
    if known:
        make_village(Unit.objects.get(code="02545"), "Thôn Bòng")
    fill(client)
    services.submit(fill(Client()).key)
    draft = Draft.objects.get()
    with django_assert_num_queries(QUESTIONS + 2):  # begin and commit, as savepoints here
        services.submit(draft.key)
    assert (Submission.objects.latest("sent_at").village is not None) is known


def test_a_form_that_is_refused_keeps_its_draft_as_it_was(client: Client) -> None:
    """Attack: the transaction fails after the draft was taken out of its table."""
    draft = fill(client)
    Draft.objects.filter(pk=draft.pk).update(pages={**draft.pages, "nha": 0})
    before = Draft.objects.filter(pk=draft.pk).values().get()
    with pytest.raises(IncompleteError):
        services.submit(draft.key)
    assert Draft.objects.filter(pk=draft.pk).values().get() == before
    assert not Submission.objects.exists()
