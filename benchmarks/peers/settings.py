"""Settings as `wagtail start` gives them, for production, with a SQLite file of its own.

Three things are lent by the portal, so that the comparison is about building pages: the
connection stays open between requests, the write-ahead log, and the language. `PEER_CACHE=1` adds
Django's cache of whole pages, kept in a table of the database as the portal's own is.
"""

import os
from pathlib import Path
from typing import Any

PEERS = Path(__file__).resolve().parent
FOLDER = Path(os.environ["PEER_FOLDER"])
CACHED = os.environ.get("PEER_CACHE") == "1"

DEBUG = False
SECRET_KEY = "peer-of-a-benchmark-on-the-loopback-address-only"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "benchmarks.peers.urls"
WSGI_APPLICATION = "benchmarks.peers.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "benchmarks.peers.blog",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

_CORE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
_BEFORE = ["django.middleware.cache.UpdateCacheMiddleware"] if CACHED else []
_AFTER = ["django.middleware.cache.FetchFromCacheMiddleware"] if CACHED else []
MIDDLEWARE = [*_BEFORE, *_CORE, *_AFTER]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PEERS / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "peer.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
    }
}
_LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
_TABLE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "peer_cache"}
CACHES: dict[str, dict[str, Any]] = {"default": _TABLE if CACHED else _LOCAL}

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = FOLDER / "peer-media"
WAGTAIL_SITE_NAME = "Plain Wagtail"
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
