"""What leaves as CSV: the progress of a contract's steps, as a file that may be filled in and sent back."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from shared.spreadsheets import Dialect, write_table

from .domain.evidence import Evidence
from .domain.plan import WrittenProgress as Written
from .domain.progress import PLANNED, Statement
from .queries.agenda import Agenda, Entry

COLUMNS = ("milestone", "line", *(each.name for each in fields(Written)), "title", "expected")


def progress_csv(agenda: Agenda, dialect: Dialect) -> bytes:
    """One row for each step and entity; of what was stated without a change, nothing changes where it is sent back."""
    return write_table(COLUMNS, map(_row, agenda.entries), dialect)


def _row(entry: Entry) -> dict[str, Any]:
    shown = {
        "milestone": entry.row.milestone,
        "line": entry.step.line,
        "title": entry.step.title,
        "expected": entry.step.due.text,
    }
    key = {"step": entry.step.code, "year": entry.step.year, "entity": entry.entity}
    return shown | key | dict(_stated(entry.statement or PLANNED))


def _stated(statement: Statement) -> Iterator[tuple[str, Any]]:
    """The cells of a statement; a row holds the first of its documents, which stands for all. No reason is repeated."""
    document = statement.evidence[0] if statement.evidence else Evidence()
    forecast = statement.forecast
    yield "state", statement.state
    yield "share", statement.share
    yield "done_on", statement.done_on
    yield "evidence", document.reference
    yield from ((name, getattr(document, name)) for name in ("address", "file", "sha256"))
    yield "due", statement.due.text if statement.due else None
    yield "forecast", forecast.due.text if forecast else None
    yield "confidence", forecast.confidence if forecast else None
    yield "note", statement.note
