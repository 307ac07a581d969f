"""The whole demo in one go; every part looks first what stands already."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import translation

from portal.demo.seeding import lists, pages, papers, people
from portal.jobs import clock
from portal.registration.services import withdraw_expired


def seed(tell: Callable[[str], None] = lambda _line: None) -> None:
    """Fill in whatever is missing; needs the units (`load_units`)."""
    today = clock.today()
    with translation.override("vi"):
        with transaction.atomic():
            home = pages.seed_home()
            tree = pages.seed_tree(home)
        tell("pages")
        people.seed_people(home, today)
        tell("accounts")
        documents = papers.seed_documents(tree["documents"], today)
        tell("official documents")
        with transaction.atomic():
            pages.seed_articles(tree, documents, today)
            pages.seed_notices(tree["notices"], today)
        tell("articles and notices")
        withdraw_expired()
        lists.seed_lists(today)
        tell("published lists")
