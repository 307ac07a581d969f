"""Where data lies: database, cache, search, tasks."""

from typing import Any

from portal.settings import env

_database = env.database()
_database["ATOMIC_REQUESTS"] = False
_database["CONN_MAX_AGE"] = env.number("PORTAL_CONN_MAX_AGE", 60)
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _options = _database.setdefault("OPTIONS", {})
    _options.setdefault("connect_timeout", 5)
    _options.setdefault("prepare_threshold", env.number("PORTAL_DB_PREPARE", 5) or None)
_template = env.text("PORTAL_TEST_TEMPLATE")
if _template:
    _database["TEST"] = {"TEMPLATE": _template}

DATABASES: dict[str, dict[str, Any]] = {"default": _database}
CACHES = {"default": env.cache()}

ELASTICSEARCH_URL = env.addresses("ELASTICSEARCH_URL")
ELASTICSEARCH_API_KEY = env.text("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_CA = env.file("ELASTICSEARCH_CA")
SEARCH_ENGINE = "elasticsearch" if ELASTICSEARCH_URL else "embedded"
SEARCH_EMBEDDED_PATH = env.text("PORTAL_SEARCH_FILE", str(env.BASE_DIR / "var" / "search.sqlite3"))
SEARCH_INDEX_PREFIX = env.text("PORTAL_SEARCH_PREFIX", "portal")
SEARCH_SHARDS = env.number("PORTAL_SEARCH_SHARDS", 1, least=1)
SEARCH_REPLICAS = env.number("PORTAL_SEARCH_REPLICAS", 0)
SEARCH_LIST_ENTRIES = env.number("PORTAL_LIST_ENTRIES", 300, least=1)
SEARCH_LOG_DAYS = env.number("PORTAL_SEARCH_LOG_DAYS", 90, least=1)
SEARCH_MILLISECONDS = env.number("PORTAL_SEARCH_MS", 1200, least=100)
SEARCH_FILE_SECONDS = env.number("PORTAL_PDF_SECONDS", 120, least=1)
SEARCH_FILE_MEMORY_MB = env.number("PORTAL_PDF_MEMORY_MB", 1024, least=128)
SEARCH_FILE_PAGES = env.number("PORTAL_PDF_PAGES", 1000, least=1)
SEARCH_FILE_BYTES = env.number("PORTAL_PDF_MB", 50, least=1) * 1024 * 1024
SEARCH_OCR_PAGES = env.number("PORTAL_OCR_PAGES", 60, least=1)
SEARCH_OCR_SECONDS = env.number("PORTAL_OCR_SECONDS", 100, least=1)
SEARCH_OCR_PAGE_SECONDS = env.number("PORTAL_OCR_PAGE_SECONDS", 20, least=1)
SEARCH_OCR_CONFIDENCE = env.number("PORTAL_OCR_CONFIDENCE", 60)
SEARCH_PAGE_IMAGES_BYTES = env.number("PORTAL_PAGE_IMAGES_MB", 1024, least=1) * 1024 * 1024

# Wagtail's own search serves its chooser and page list only (see docs/adr/0002).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.home.admin_search.backend"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
