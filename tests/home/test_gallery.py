"""The page of all pieces of the design: complete, in every state, for editors alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from portal.areas.models import User
from portal.demo.seeding.people import PASSWORD
from portal.home import gallery
from tests.home.trees import Portal

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = "/quan-tri/giao-dien/"
AROUND = {"header.html", "footer.html"}  # of the page itself


@pytest.fixture
def designer(portal: Portal, client: Client) -> Client:
    """Somebody who may do everything."""
    client.force_login(User.objects.create_superuser("thietke", password=PASSWORD))
    return client


def test_every_piece_of_the_design_stands_there(designer: Client) -> None:
    shown = {Path(piece.template).name for piece in gallery.pieces()}
    files = {path.name for path in (settings.BASE_DIR / "templates/components").glob("*.html")}
    assert files - shown == AROUND
    page = designer.get(ADDRESS).content.decode()
    assert [piece.name for piece in gallery.pieces() if f'id="{piece.name}"' not in page] == []


def test_each_state_is_named_and_drawn(designer: Client) -> None:
    page = designer.get(ADDRESS).content.decode()
    labels = [str(state.label) for piece in gallery.pieces() for state in piece.states()]
    assert [label for label in labels if escape(label) not in page] == []
    assert page.count('class="sample"') == len(labels) > 25
    for drawn in ("ban-quet.pdf", "Trang 7 trên 50", 'class="tag het"', 'aria-invalid="true"'):
        assert drawn in page


def test_who_edits_nothing_does_not_see_it(portal: Portal, client: Client) -> None:
    """An officer guesses the address of the designers' page."""
    officer = User.objects.create_user("canbo", password=PASSWORD)
    client.force_login(officer)
    assert client.get(ADDRESS).status_code in {302, 403}
