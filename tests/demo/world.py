"""A seeded portal that all tests of a module share: seeding draws pictures and sets PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from portal.demo.seeding import seed
from tests.demo.units import load_province

# What every run leaves a trace in, whatever it did.
RESTLESS = {"search.OutboxRow", "home.CacheVersion", "sessions.Session"}


@contextmanager
def seeded(folder: Path, province: str = "08") -> Iterator[list[str]]:
    """The demo of a province in a transaction that is rolled back; gives what seeding told."""
    private = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder / "private"), "base_url": None},
    }
    own = {
        "MEDIA_ROOT": str(folder / "media"),
        "PROVINCE_CODE": province,
        "STORAGES": settings.STORAGES | {"private": private},
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    told: list[str] = []
    with override_settings(**own), transaction.atomic():
        load_province(folder / "units", province)
        seed(told.append)
        yield told
        transaction.set_rollback(True)


def census() -> dict[str, int]:
    """Rows of every table that seeding could fill."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label not in RESTLESS
    }
