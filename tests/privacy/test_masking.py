"""Logs and error reports hold no numbers that name a person."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from secrets import randbelow, token_hex
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_class

from portal.privacy.masking import mask_text
from portal.privacy.reporting import PrivateReporter, PrivateReporterFilter

SECRETS = ("008090001234", "0912345678", "an.nguyen@example.org")


@pytest.mark.parametrize(
    "secret",
    [
        "008090001234",
        "008 090 001 234",
        "008.090.001.234",
        "123456789",
        "0123456789",
        "DN4010123456789",
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091 234 56 78",
        "+84912345678",
        "+84 912 345 678",
        "02073822123",
        "0207 3822 123",
        "an.nguyen+x@mail.example.vn",
    ],
)
def test_numbers_and_addresses_are_masked(secret: str) -> None:
    masked = mask_text(f"Hộ ông An ({secret}), thôn Cả")
    assert not set(masked) & set("0123456789@")
    assert masked.startswith("Hộ ông An (")
    assert masked.endswith("), thôn Cả")


@pytest.mark.parametrize(
    "harmless",
    [
        "167/KH-UBND",
        "2026-11-24 10:20:30",
        "01-12-2026 10:20",
        "09.12.2026",
        "took 0.0123456 s",
        "192.168.100.200:8000",
        "commune 02545, 3321 rows",
        "1.234.567 đồng",
        "id=12345678",
    ],
)
def test_other_numbers_stay_readable(harmless: str) -> None:
    assert mask_text(harmless) == harmless


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """The portal's own logging, written into memory."""
    config: dict[str, Any] = portal_settings.LOGGING
    stream = io.StringIO()
    handler = {**config["handlers"]["stderr"], "stream": stream}
    own = {"handlers": ["memory"], "level": "INFO", "propagate": False}
    logging.config.dictConfig(
        {
            **config,
            "handlers": {"memory": handler},
            "loggers": {"portal.test": own},
            "root": {"handlers": []},
        }
    )
    yield logging.getLogger("portal.test"), stream
    logging.config.dictConfig(config)


def _log_everything(logger: logging.Logger) -> None:
    number, phone, address = SECRETS
    logger.info("tìm %s và %s", number, {"phone": phone})
    logger.info("%(address)s", {"address": address})
    logger.info("sai %d", address)
    logger.info(f"{number} 100%", stack_info=True)  # noqa: G004
    try:
        int(f"duplicate key (phone)=({phone})")
    except ValueError:
        logger.exception("lưu hồ sơ %s", number)


def test_the_configured_log_masks_message_arguments_and_traceback(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    """Somebody reads the log files of the server."""
    logger, stream = log
    _log_everything(logger)
    text = stream.getvalue()
    assert [secret for secret in SECRETS if secret in text] == []
    assert text.count("[number]") == 3
    assert "Traceback" in text
    assert "[phone]" in text


def test_a_report_of_an_error_holds_nothing_that_was_typed(settings: Any) -> None:
    """An error page is mailed, with DEBUG left on by mistake."""
    settings.DEBUG = True
    typed, number = token_hex(8), str(1000 + randbelow(9000)) * 3
    headers = {"referer": f"http://localhost/?q={typed}", "cookie": f"name={typed}"}
    request = RequestFactory().post(f"/ra-soat/?q={typed}", {"name": typed}, headers=headers)
    kept = typed.upper()
    try:
        int(f"{number}x")
    except ValueError as error:
        reporter = PrivateReporter(request, type(error), error, error.__traceback__)
    for report in (reporter.get_traceback_text(), reporter.get_traceback_html()):
        assert "ValueError" in report
        assert [text for text in (number, kept, typed) if text in report] == []


def test_the_portal_reports_errors_this_way() -> None:
    request = RequestFactory().get("/")
    assert get_exception_reporter_class(request) is PrivateReporter
    reporter = PrivateReporter(request, None, None, None)
    assert isinstance(reporter.filter, PrivateReporterFilter)
