"""The portal's settings without its cache of whole pages."""

from portal.settings import *  # noqa: F403

PAGE_CACHE_SECONDS = 0
