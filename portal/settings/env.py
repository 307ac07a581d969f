"""The environment, read once: every problem names its variable and ends the start plainly."""

from __future__ import annotations

import base64
import binascii
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
reader = environ.Env()
T = TypeVar("T")


def refuse(name: str, sentence: str) -> NoReturn:
    """End the program with a sentence that names the variable, without a traceback."""
    sys.stderr.write(f"{name}: {sentence}\n")
    raise SystemExit(2)


def _read(name: str, read: Callable[[], T], expected: str) -> T:
    try:
        return read()
    except (environ.ImproperlyConfigured, ValueError, TypeError, KeyError) as error:
        refuse(name, f"{expected} ({error})")


def text(name: str, default: str = "") -> str:
    """A text, stripped; empty counts as not given."""
    return str(reader.str(name, default=default)).strip() or default


def flag(name: str, default: bool = False) -> bool:
    """A switch: 1/0, true/false, yes/no, on/off, and nothing else."""
    raw = text(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    refuse(name, f"expected 1 or 0, not {raw!r}.")


def number(name: str, default: int, least: int = 0) -> int:
    """A whole number of at least `least`."""
    raw = text(name)
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) < least:
        refuse(name, f"expected a whole number of at least {least}, not {raw!r}.")
    return int(raw)


def code(name: str, default: str, known: Mapping[str, str]) -> str:
    """One of the known codes; the refusal lists them with what they stand for."""
    raw = text(name, default)
    if raw not in known:
        choices = ", ".join(f"{each} {meaning}" for each, meaning in known.items())
        refuse(name, f"{raw!r} is none of the known codes: {choices}.")
    return raw


def database() -> dict[str, Any]:
    """`DATABASE_URL` as Django wants it: PostgreSQL or SQLite, nothing else."""
    default = f"sqlite:///{BASE_DIR / 'var' / 'portal.sqlite3'}"
    raw = text("DATABASE_URL", default)
    expected = "expected postgres://user:password@host:port/name or sqlite:///file"
    if raw.partition("://")[0] not in {"postgres", "postgresql", "sqlite"}:
        refuse("DATABASE_URL", expected)
    config = _read("DATABASE_URL", lambda: reader.db_url_config(raw), "not an address")
    if not config.get("NAME"):
        refuse("DATABASE_URL", expected)
    return dict(config)


def addresses(name: str) -> str:
    """One http(s) address or several with commas between, or an empty text."""
    found = [one.strip() for one in text(name).split(",") if one.strip()]
    for one in found:
        parts = urlsplit(one)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            refuse(name, "expected http://host:port or https://user:password@host:port")
    return ",".join(found)


def file(name: str) -> str:
    """The path of a file that can be read, or an empty text."""
    raw = text(name)
    if raw and not Path(raw).is_file():
        refuse(name, f"there is no file {raw!r}.")
    return raw


def origin(name: str) -> str:
    """Scheme, host and port of an http(s) address and nothing behind them, or an empty text."""
    expected = "expected https://host or http://host:port, nothing behind it"
    raw = addresses(name).rstrip("/")
    parts = urlsplit(raw)
    if parts.path or parts.query or parts.fragment or parts.username:
        refuse(name, expected)
    _read(name, lambda: parts.port, expected)
    return raw


def cache() -> dict[str, Any]:
    """`CACHE_URL`: redis://… shared by all processes; without it a table of the database."""
    raw = text("CACHE_URL")
    if not raw:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "portal_cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    if raw.startswith("locmem://"):
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if urlsplit(raw).scheme not in {"redis", "rediss"} or not urlsplit(raw).hostname:
        refuse("CACHE_URL", "expected redis://host:port/0 or locmem://")
    return {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": raw}


def key(name: str, demo: str) -> bytes:
    """A 32-byte key in base64; the demo key is taken only where `PORTAL_DEMO=1`."""
    raw = text(name)
    if not raw and flag("PORTAL_DEMO"):
        raw = demo
    if not raw:
        refuse(name, "needed: 32 random bytes in base64 (`openssl rand -base64 32`).")
    if raw == demo and not flag("PORTAL_DEMO"):
        refuse(name, "holds the public demo key; make your own (`openssl rand -base64 32`).")
    return _bytes(name, raw)


def old_keys(name: str) -> dict[str, bytes]:
    """Keys that still decrypt, as `k0=base64,k1=base64`."""
    pairs = [pair.partition("=") for pair in text(name).split(",") if pair.strip()]
    if any(not (key_id.strip() and raw) for key_id, _equals, raw in pairs):
        refuse(name, "expected k0=base64,k1=base64")
    return {key_id.strip(): _bytes(name, raw.strip()) for key_id, _equals, raw in pairs}


def _bytes(name: str, raw: str) -> bytes:
    try:
        value = base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError):
        refuse(name, "not base64.")
    if len(value) != 32:
        refuse(name, f"holds {len(value)} bytes; 32 are needed.")
    return value
