"""Ask search from the command line."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from search import registry
from search.contract import Reason
from search.management.quiet import QuietPipeCommand
from search.queries import ask
from search.serialise import as_json


class Command(QuietPipeCommand):
    """`search_query TEXT [--kind K] [--json]`: the same answer as `/tim-kiem.json`."""

    help = "Search as a visitor does and print the hits; --json gives the answer of /tim-kiem.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text")
        parser.add_argument("--kind", action="append", default=[], help="only this kind")
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = [kind for kind in options["kind"] if kind not in registry.kinds()]
        if unknown:
            known = ", ".join(registry.kinds())
            sentence = _("--kind: “%(kind)s” is not one of %(known)s.")
            raise CommandError(sentence % {"kind": unknown[0], "known": known})
        page = max(1, options["page"])
        text = options["text"].encode("utf-8", "replace").decode()  # bytes of a shell, not UTF-8
        result = ask(text, kinds=tuple(options["kind"]), page=page)
        answer = as_json(text, result, page)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._lines(answer)
        if result.reason == Reason.ENGINE_DOWN:
            raise CommandError("the search engine cannot be reached")

    def _lines(self, answer: dict[str, Any]) -> None:
        state = ": ".join(part for part in (answer["state"], answer["reason"]) if part)
        self.stdout.write(f"{answer['total']} ({state})")
        for hit in answer["hits"]:
            number = f"{hit['number']} " if hit["number"] else ""
            self.stdout.write(f"[{hit['kind']}] {number}{hit['title']}  {hit['url']}")
            for page in hit["pages"]:
                self.stdout.write(f"    {page['page']}: {page['url']}")
