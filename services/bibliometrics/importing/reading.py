"""What comes out of a file: its records, each with its line, and what is to be said of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.bibliometrics.domain.publication import Record, Source

Progress = Callable[[int], None]
"""Told how many rows have been read so far."""


class Severity(StrEnum):
    """An error refuses the file, a warning is to be looked at, a notice is to be known."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is said of a place: `row` is the line of the file, or an item's rank from 1; none of the whole file."""

    code: str
    severity: Severity
    message: str
    row: int | None = None
    column: str | None = None


@dataclass(slots=True, kw_only=True)
class Reading:
    """A file that was read: `records` with their rows, in its order; `rejected` counts the rows that give none.

    `layout` names what the file was recognised as. `extracted_on` is the day it was exported, `updated_on` that of the
    citations in it, `dataset` the set it is an export of, `announced` how many it says it holds: none where not said.
    """

    source: Source
    layout: str
    received: int = 0
    records: list[tuple[int, Record]] = field(default_factory=list)
    rejected: int = 0
    findings: list[Finding] = field(default_factory=list)
    extracted_on: date | None = None
    updated_on: date | None = None
    dataset: str = ""
    announced: int | None = None

    @property
    def is_refused(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self.findings)
