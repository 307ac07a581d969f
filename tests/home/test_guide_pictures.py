"""Guides show the portal in pictures that are taken of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from portal.demo.seeding.organisation import seed_organisation
from portal.home.models import GuidePage, PortalImage
from portal.jobs import clock
from tests.home.trees import Portal
from tools.guides import FOLDER, names
from tools.screenshots import SIZES
from tools.shots import SHOTS

pytestmark = pytest.mark.once
MOST_BYTES, MOST_QUERIES = 80_000, 12


def test_every_picture_of_a_guide_is_one_that_is_taken_and_small() -> None:
    taken = {f"{shot.name}-{size}" for shot in SHOTS for size in SIZES}
    assert names() <= taken
    assert {path.stem for path in FOLDER.iterdir()} == names()
    for path in FOLDER.iterdir():
        assert path.stat().st_size < MOST_BYTES, path.name
        with Image.open(path) as picture:
            assert picture.width == SIZES[path.stem.rpartition("-")[2]]["width"]


@pytest.mark.django_db
def test_the_steps_show_them_and_seeding_again_takes_none_in_twice(
    portal: Portal, client: Client, settings: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    for _ in range(2):
        seed_organisation(portal.home, clock.today())
    assert PortalImage.objects.count() == len(names())
    guide = GuidePage.objects.get(slug="can-bo-xu-ly-ho-so")
    text = client.get(guide.url).content.decode()
    assert text.count("<figure>") == 4
    assert text.count('type="image/webp"') == 4
    with CaptureQueriesContext(connection) as spent:
        client.get(guide.url)
    assert len(spent) <= MOST_QUERIES
    assert 'alt="Màn hình của bước: Tiếp nhận"' in text
