"""The environment: what is missing or malformed is named in a sentence, never a traceback."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
KEY = base64.b64encode(bytes(range(32))).decode()
PRODUCTION = {
    "PORTAL_SECRET_KEY": "a-secret-of-the-test-that-is-long-enough-for-everybody-here",
    "PORTAL_FIELD_KEY": KEY,
    "PORTAL_BLIND_KEY": KEY,
    "PORTAL_HOSTS": "tuyenquang.example.vn",
}


def _settings(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings as s; print(s.SEARCH_ENGINE, s.DEBUG)"],
        cwd=ROOT,
        env=bare | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_starts_with_its_four_variables() -> None:
    done = _settings(PRODUCTION)
    assert (done.returncode, done.stdout) == (0, "embedded False\n")


def test_the_demo_starts_with_one() -> None:
    assert _settings({"PORTAL_DEMO": "1"}).returncode == 0


def test_elasticsearch_is_chosen_by_its_address() -> None:
    done = _settings(PRODUCTION | {"ELASTICSEARCH_URL": "https://a:b@es.example.vn:9200"})
    assert done.stdout.startswith("elasticsearch")


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_a_missing_variable_is_named(name: str) -> None:
    done = _settings({k: v for k, v in PRODUCTION.items() if k != name})
    assert done.returncode == 2
    assert done.stderr.startswith(f"{name}: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:p@h/n"),
        ("DATABASE_URL", "not an address"),
        ("DATABASE_URL", "postgres://host-without-name"),
        ("ELASTICSEARCH_URL", "es.example.vn:9200"),
        ("ELASTICSEARCH_URL", "https://es1.example.vn:9200, es2.example.vn:9200"),
        ("ELASTICSEARCH_CA", "/nowhere/ca.pem"),
        ("PORTAL_SEARCH_SHARDS", "0"),
        ("CACHE_URL", "memcached://h:11211"),
        ("PORTAL_DEBUG", "perhaps"),
        ("PORTAL_PDF_PAGES", "many"),
        ("PORTAL_PDF_PAGES", "0"),
        ("PORTAL_FIELD_KEY", "too-short"),
        ("PORTAL_BLIND_KEY", base64.b64encode(b"sixteen bytes ok").decode()),
        ("PORTAL_FIELD_KEYS_OLD", "k0"),
        ("PORTAL_BASE_URL", "tuyenquang.example.vn"),
    ],
)
def test_a_malformed_variable_is_named(name: str, value: str) -> None:
    done = _settings(PRODUCTION | {name: value})
    assert done.returncode == 2
    assert done.stderr.startswith(f"{name}: ")
    assert "Traceback" not in done.stderr


def test_the_public_demo_keys_are_refused_in_production() -> None:
    """Somebody starts production with the keys that everybody can read in the demo."""
    from portal.settings import security

    for name, demo in (
        ("PORTAL_SECRET_KEY", security.DEMO_SECRET),
        ("PORTAL_FIELD_KEY", security.DEMO_FIELD_KEY),
        ("PORTAL_BLIND_KEY", security.DEMO_BLIND_KEY),
    ):
        done = _settings(PRODUCTION | {name: demo})
        assert done.returncode == 2
        assert name in done.stderr


def test_a_password_with_percent_signs_is_read() -> None:
    done = _settings(PRODUCTION | {"DATABASE_URL": "postgres://u:p%40ss@127.0.0.1:5432/portal"})
    assert done.returncode == 0
