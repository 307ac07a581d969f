"""People who send forms to a PostgreSQL of their own: `python -m tests.forms.ledger.senders WHAT`.

`prepare` makes the tables and three communes; `crowd N` lets N forms be sent at the same moment,
every tenth of them from two windows, each sender trying until it has a receipt; `lost` sends one
whose answer is lost behind the COMMIT. Receipts are printed as they come, one JSON object a line.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from typing import Any

from tools.services.proxy import Fault, FaultProxy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
READY = "ready"
PATIENCE = 100.0
_printing = threading.Lock()


def say(told: object) -> None:
    """One whole line at a time."""
    with _printing:
        sys.stdout.write(f"{json.dumps(told)}\n")
        sys.stdout.flush()


def shown(key: uuid.UUID) -> dict[str, Any]:
    """The receipt that a sender gets, as it is read back."""
    from portal.forms import services

    receipt = services.submit(key)
    row, entry = receipt.submission, receipt.submission.entry
    return {
        "key": str(row.key),
        "reference": row.reference,
        "chain": entry.chain.name,
        "number": entry.number,
        "hash": entry.hash,
        "again": receipt.again,
    }


def prepare() -> None:
    """The tables that sending needs, which takes a tenth of the time of all, and communes."""
    from django.core.management import call_command

    from tests.forms.ledger import trial

    for app in ("forms", "privacy", "search", "django_tasks_database"):
        call_command("migrate", app, verbosity=0)
    trial.make_communes()


def drafts(count: int) -> list[uuid.UUID]:
    """Forms that are filled in, for three communes in turn."""
    from portal.areas.models import Unit
    from tests.forms.ledger import trial

    communes = list(Unit.objects.filter(level="commune").order_by("code"))
    return [trial.draft(communes[number % len(communes)]).key for number in range(count)]


def crowd(count: int) -> None:
    """All at once; the last line tells how often somebody saw an error."""
    keys = drafts(count)
    senders = [*keys, *keys[::10]]
    start = threading.Barrier(len(senders) + 1)
    errors: list[str] = []
    threads = [threading.Thread(target=_send, args=(key, start, errors)) for key in senders]
    for thread in threads:
        thread.start()
    say(READY)
    start.wait()
    for thread in threads:
        thread.join()
    say({"errors": errors})


def _send(key: uuid.UUID, start: threading.Barrier, errors: list[str]) -> None:
    """As a browser does whose user presses the button again after an error."""
    from django.db import DatabaseError, InterfaceError, connection

    start.wait()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            receipt = shown(key)
        except (DatabaseError, InterfaceError) as error:
            errors.append(type(error).__name__)
            connection.close()
            time.sleep(0.1)
        else:
            say(receipt)
            break
    connection.close()


def lost(proxy: FaultProxy) -> None:
    """The database commits, the portal hears nothing; then the same is sent again, twice."""
    from django.db import OperationalError, connection

    (key,) = drafts(1)
    commit = connection.commit

    def cut() -> None:
        proxy.fault = Fault.CUT
        commit()

    connection.commit = cut  # type: ignore[method-assign]
    try:
        say(shown(key))
    except OperationalError:
        say({"errors": ["OperationalError"]})
    connection.commit = commit  # type: ignore[method-assign]
    connection.close()
    proxy.fault = Fault.NONE
    say(shown(key))
    say(shown(key))


def main(what: str, arguments: Sequence[str]) -> None:
    """Set Django up, for `lost` behind a proxy."""
    proxy = FaultProxy(os.environ["DATABASE_URL"]) if what == "lost" else None
    if proxy:
        os.environ["DATABASE_URL"] = proxy.url_for
    import django

    django.setup()
    from tests.forms.ledger import trial

    trial.register()
    if proxy:
        with proxy:
            lost(proxy)
    elif what == "crowd":
        crowd(int(arguments[0]))
    else:
        prepare()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
