"""Wagtail, and what belongs to this province."""

from typing import Any

from portal.settings import env

WAGTAIL_SITE_NAME = env.text("PORTAL_SITE_NAME", "Cổng thông tin điện tử tỉnh Tuyên Quang")
WAGTAILADMIN_BASE_URL = env.address("PORTAL_BASE_URL") or "http://localhost:8000"
PROVINCE_CODE = env.text("PORTAL_PROVINCE", "08")

WAGTAILIMAGES_IMAGE_MODEL = "home.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.PortalDocument"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_APPEND_SLASH = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# The admin's date picker rewrites what it cannot read to today: it must know the local form.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
