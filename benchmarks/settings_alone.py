"""The portal's settings without any cache of pages, and nothing that pages share between them."""

from benchmarks.settings_uncached import *  # noqa: F403

PAGE_SHARED_SECONDS = 0
