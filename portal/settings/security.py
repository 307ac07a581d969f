"""Keys, hosts, login, cookies, content security policy."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

from portal.settings import env

DEMO_SECRET = "demo-only-secret-key-of-the-public-portal-demo-not-for-production"  # noqa: S105  # nosec B105
DEMO_FIELD_KEY = "ZGVtby1vbmx5LWZpZWxkLWtleS0wMTIzNDU2Nzg5YWI="
DEMO_BLIND_KEY = "ZGVtby1vbmx5LWJsaW5kLWtleS0wMTIzNDU2Nzg5YWI="

_demo = env.flag("PORTAL_DEMO")
SECRET_KEY = env.text("PORTAL_SECRET_KEY", DEMO_SECRET if _demo else "")
if not SECRET_KEY:
    env.refuse("PORTAL_SECRET_KEY", "needed: a long random text (50 characters or more).")
if SECRET_KEY == DEMO_SECRET and not _demo:
    env.refuse("PORTAL_SECRET_KEY", "holds the public demo secret; make your own.")

PRIVACY_KEY_ID = env.text("PORTAL_FIELD_KEY_ID", "k1")
PRIVACY_KEYS = {
    **env.old_keys("PORTAL_FIELD_KEYS_OLD"),
    PRIVACY_KEY_ID: env.key("PORTAL_FIELD_KEY", DEMO_FIELD_KEY),
}
PRIVACY_BLIND_KEY = env.key("PORTAL_BLIND_KEY", DEMO_BLIND_KEY)

ALLOWED_HOSTS = env.text(
    "PORTAL_HOSTS", "localhost,127.0.0.1,[::1],testserver" if _demo else ""
).split(",")
if not any(ALLOWED_HOSTS):
    env.refuse("PORTAL_HOSTS", "needed: the host names of the portal, separated by commas.")
CSRF_TRUSTED_ORIGINS = [origin for origin in env.text("PORTAL_ORIGINS").split(",") if origin]

CSRF_FAILURE_VIEW = "portal.home.refused.refused"

DEFAULT_EXCEPTION_REPORTER = "portal.privacy.reporting.PrivateReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.privacy.reporting.PrivateReporterFilter"

AUTH_USER_MODEL = "areas.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 9},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "home/locked_out.html"
LOGIN_URL = "wagtailadmin_login"

_https = env.flag("PORTAL_HTTPS")
SECURE_SSL_REDIRECT = _https
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
BEHIND_PROXY = env.flag("PORTAL_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment")
}

# What is not named falls back to the default: scripts, styles, fonts from here alone. The header
# goes with each of a form's sixty answers, so it says nothing twice.
PUBLIC_POLICY = {
    "default-src": [SELF],
    "img-src": [SELF, "data:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
# Wagtail's admin needs inline script and style; `portal.home.middleware` puts this in there only.
ADMIN_POLICY = PUBLIC_POLICY | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY}
