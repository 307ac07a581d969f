"""Wagtail, and what belongs to this province."""

from typing import Any

from portal.settings import env
from portal.settings.provinces import provinces

_provinces = provinces()
PROVINCE_CODE = env.code("PORTAL_PROVINCE", "08", _provinces)
WAGTAIL_SITE_NAME = env.text(
    "PORTAL_SITE_NAME", f"Cổng thông tin điện tử {_provinces[PROVINCE_CODE]}"
)
PORTAL_BASE_URL = env.origin("PORTAL_BASE_URL")
WAGTAILADMIN_BASE_URL = PORTAL_BASE_URL or "http://localhost:8000"

# The poverty standard outside of any round; a round names its own.
REGISTRATION_STANDARD = env.text("PORTAL_STANDARD", "vn-2022")

WAGTAILIMAGES_IMAGE_MODEL = "home.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.home.image_forms.PortalImageForm"
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
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]  # one zone: the account page asks nothing
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# The admin's date picker rewrites what it cannot read to today: it must know the local form.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
