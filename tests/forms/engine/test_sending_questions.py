"""What sending asks the database, and what is left when it fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.forms import services
from portal.forms.errors import IncompleteError
from portal.forms.models import Draft, Submission
from tests.forms.samples import fill

pytestmark = pytest.mark.usefixtures("mounted")
# Draft, names of the communes, village, commune, chain, entry, end of the chain, record.
QUESTIONS = 8


def test_sending_asks_each_thing_once(client: Client, django_assert_num_queries: Any) -> None:
    fill(client)
    services.submit(fill(Client()).key)
    draft = Draft.objects.get()
    with django_assert_num_queries(QUESTIONS + 2):  # begin and commit, as savepoints here
        services.submit(draft.key)


def test_a_form_that_is_refused_keeps_its_draft_as_it_was(client: Client) -> None:
    """Attack: the transaction fails after the draft was taken out of its table."""
    draft = fill(client)
    Draft.objects.filter(pk=draft.pk).update(pages={**draft.pages, "nha": 0})
    before = Draft.objects.filter(pk=draft.pk).values().get()
    with pytest.raises(IncompleteError):
        services.submit(draft.key)
    assert Draft.objects.filter(pk=draft.pk).values().get() == before
    assert not Submission.objects.exists()
