"""Taking in what another system gave, row by row: each its own transaction, none ends the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext as _

from portal.news.manifest import ManifestRow, RowError

# Fields of the models by the column of the manifest that fills them.
COLUMN_OF = {"number_text": "number", "symbol": "number", "number_key": "number", "name": "issuer"}


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row: `done`, `kept` (was there already) or `failed`."""

    line: int
    name: str
    state: str
    sentence: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The row in one line."""
        head = _("row %(line)s: %(name)s: ") % {"line": self.line, "name": self.name}
        failed = _("failed: ") if self.state == "failed" else ""
        notes = "".join(f" [{warning}]" for warning in self.warnings)
        return f"{head}{failed}{self.sentence}{notes}"


Take = Callable[[ManifestRow, str], RowResult]


def take_rows(
    rows: Iterable[ManifestRow], name_of: Callable[[ManifestRow], str], take: Take
) -> Iterator[RowResult]:
    """Take in the rows one after the other; a bad row never touches the others."""
    for row in rows:
        name = name_of(row)
        try:
            yield take(_readable(row), name)
        except RowError as error:
            yield RowResult(row.line, name, "failed", str(error))
        except ValidationError as error:
            yield RowResult(row.line, name, "failed", _problems(error))
        except IntegrityError:
            yield RowResult(row.line, name, "failed", _("Another process took in this document."))
        except DatabaseError as error:
            sentence = _("The database does not take this row (%s).") % type(error).__name__
            yield RowResult(row.line, name, "failed", sentence)
        except OSError:
            sentence = _("file: it cannot be read or stored.")
            yield RowResult(row.line, name, "failed", sentence)


def _readable(row: ManifestRow) -> ManifestRow:
    if row.problem:
        raise RowError(row.problem)
    return row


def _problems(error: ValidationError) -> str:
    """What the models refuse, each under the name of its column in the manifest."""
    if not hasattr(error, "error_dict"):
        return "; ".join(error.messages)
    lines = [
        f"{COLUMN_OF.get(field, field)}: {message}".removeprefix(f"{NON_FIELD_ERRORS}: ")
        for field, messages in error.message_dict.items()
        for message in messages
    ]
    return "; ".join(dict.fromkeys(lines))
