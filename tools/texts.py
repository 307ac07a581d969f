"""Words that no translation reaches: in templates, and in Python where people read them.

In Python only the places are looked at where a sentence leaves the program: returned, raised for
a person, given to a message, a form or a response. Three plain English words in a row make one.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOMS = ("portal", "search")
# Settings and the commands of operators speak English; the demo's texts are content.
UNREAD = {"migrations", "management", "settings", "demo", "checks.py", "apps.py"}
FORMATS = re.compile(r"\b(?:PDF|XLSX|CSV|RSS|JSON|Ctrl|Enter)\b")  # called so in every language
LETTERS = r"[A-Za-zÀ-ỹ]{3,}"
HTML_TEXT = re.compile(rf">[^<>]*{LETTERS}[^<>]*<")
ATTRIBUTE = re.compile(
    rf"""\b(placeholder|title|alt|aria-label|aria-description)=(["'])([^"'<>]*{LETTERS}[^"'<>]*)\2"""
)
BUTTON = re.compile(r"<input\b[^<>]*\btype=[\"']?(?:submit|button|reset)\b[^<>]*>")
VALUE = re.compile(rf"""\bvalue=(["'])([^"'<>]*{LETTERS}[^"'<>]*)\1""")
SENTENCE = re.compile(r"^[^<>/={}\\_]*\b[A-Za-z]+ [a-z]{2,} [a-z]{2,}\b[^<>={}\\_]*$")
READ_ERRORS = {"ValidationError", "PermissionDenied", "Http404"}
MESSAGES = {"success", "error", "info", "warning", "add_message", "add_error"}
# Where people are answered, whatever error is raised carries a sentence for them.
ANSWERING = {"views", "forms", "services", "views.py", "forms.py", "services.py"}
RESPONSES = {"HttpResponse", "HttpResponseBadRequest", "HttpResponseForbidden"}
READ_NAMES = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}


def in_templates(root: Path) -> list[str]:
    """Bare text and bare attributes in the templates of the project and of every room."""
    folders = [root / "templates", *(root / "portal").glob("*/templates"), root / "search"]
    return [
        f"{path.relative_to(root)}: {text[:60]}"
        for folder in folders
        for path in sorted(folder.rglob("*.html"))
        for text in bare(path.read_text("utf-8"))
    ]


def bare(template: str) -> Iterator[str]:
    """What stands outside translation in one template."""
    text = re.sub(
        r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->|{% blocktrans.*?{% endblocktrans[a-z]* %}",
        "",
        template,
        flags=re.S,
    )
    text = re.sub(r"{[{%].*?[}%]}", "", text, flags=re.S)
    text = re.sub(r"<(title|style|script|svg)\b.*?</\1>", "><", text, flags=re.S)
    text = FORMATS.sub("", text)
    yield from (found.strip("<> \n") for found in HTML_TEXT.findall(text))
    yield from (f"{name}={value}" for name, _quote, value in ATTRIBUTE.findall(text))
    for button in BUTTON.findall(text):
        yield from (f"value={value}" for _quote, value in VALUE.findall(button))


def in_python(root: Path) -> list[str]:
    """Bare English sentences that the rooms' code hands to people."""
    found = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            name = path.relative_to(root)
            if UNREAD.isdisjoint(name.parts):
                tree = ast.parse(path.read_text("utf-8"))
                answering = not ANSWERING.isdisjoint(name.parts[2:])
                found += [
                    f"{name}:{line}: {text[:60]}" for line, text in sentences(tree, answering)
                ]
    return found


def sentences(tree: ast.AST, answering: bool = True) -> list[tuple[int, str]]:
    """Line and text of every bare sentence."""
    nodes = list(ast.walk(tree))
    spoken = [each for node in nodes for each in _handed_over(node)]
    if answering:
        spoken += [each for node in nodes for each in _raised(node)]
    texts = {(node.lineno, text) for node in spoken for text in _texts(node)}
    return sorted((line, text) for line, text in texts if SENTENCE.match(text))


def _raised(node: ast.AST) -> list[ast.expr]:
    """What an error of a room says; Python's own errors are for developers."""
    if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
        return []
    return [] if hasattr(builtins, _name(node.exc.func)) else node.exc.args


def _handed_over(node: ast.AST) -> Iterable[ast.expr]:
    """The expressions of a statement or call that a person reads."""
    if isinstance(node, ast.Return) and node.value is not None:
        return [node.value]
    if isinstance(node, ast.Call):
        named = [word.value for word in node.keywords if word.arg in READ_NAMES]
        name = _name(node.func)
        if name in READ_ERRORS | RESPONSES or (name in MESSAGES and _is_of_messages(node)):
            return [*node.args, *named]
        return named
    return []


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_of_messages(call: ast.Call) -> bool:
    """`log.error()` speaks to the operator, `messages.error()` to the person in front."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id in {"messages", "self", "form"}


def _texts(node: ast.expr) -> Iterator[str]:
    """The literal text of an expression; what stands inside a call is its own affair."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (part.value for part in node.values if isinstance(part, ast.Constant))
        yield "…".join(str(part) for part in parts)
    elif isinstance(node, ast.BinOp):
        yield from _texts(node.left)
    elif isinstance(node, ast.IfExp | ast.BoolOp | ast.List | ast.Tuple):
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                yield from _texts(part)
