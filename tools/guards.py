"""House rules that no other tool checks: sizes, translations, Wagtail's version."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from tools import catalogues

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("portal", "search", "tools", "tests", "benchmarks")
MODULE_LINES = 400
FUNCTION_LINES = 50
WAGTAIL = (8, 0)
HTML_TEXT = re.compile(r">[^<>{}]*[A-Za-zÀ-ỹ]{3,}[^<>{}]*<")


def modules() -> list[Path]:
    """Python files of the project, migrations aside."""
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def sizes() -> list[str]:
    """Modules and functions that grew over the limit."""
    found = []
    for path in modules():
        text = path.read_text("utf-8")
        name = path.relative_to(ROOT)
        lines = text.count("\n")
        if lines > MODULE_LINES:
            found.append(f"{name}: {lines} lines (at most {MODULE_LINES})")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > FUNCTION_LINES:
                    found.append(f"{name}:{node.lineno} {node.name}: {size} lines")
    return found


def bare_texts() -> list[str]:
    """Words in a template that no translation reaches."""
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = re.sub(
            r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->",
            "",
            path.read_text("utf-8"),
            flags=re.S,
        )
        text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.S)
        text = re.sub(r"<(title|style|script|svg)\b.*?</\1>", "><", text, flags=re.S)
        text = re.sub(r"{[{%].*?[}%]}", "", text, flags=re.S)
        found += [
            f"{path.relative_to(ROOT)}: {match.strip('<> ')[:60]}"
            for match in HTML_TEXT.findall(text)
        ]
    return found


def versions() -> list[str]:
    """An add-on may pull Wagtail down without a word."""
    import wagtail

    if tuple(wagtail.VERSION[:2]) != WAGTAIL:
        return [f"Wagtail is {wagtail.__version__}; {WAGTAIL} is meant"]
    return []


def main() -> int:
    """Print every finding; exit 1 when there is one."""
    checks = {
        "too long": sizes(),
        "not translated": catalogues.missing(),
        "not in the catalogue (make messages)": catalogues.uncollected(),
        "text outside translation": bare_texts(),
        "version": versions(),
    }
    for name, findings in checks.items():
        for finding in findings:
            sys.stderr.write(f"{name}: {finding}\n")
    return 1 if any(checks.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
