"""House rules that no other tool checks: sizes, translations, Wagtail's version."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from tools import catalogues, texts

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("portal", "search", "tools", "tests", "benchmarks")
MODULE_LINES = 400
FUNCTION_LINES = 50
WAGTAIL = (8, 0)


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
    """Words in a template or in Python that no translation reaches."""
    return texts.in_templates(ROOT) + texts.in_python(ROOT)


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
