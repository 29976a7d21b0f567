"""What an observation states: a value or a coded reason for its absence, and how two statements compare."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    PROVISIONAL = "provisional"
    DEFINITIVE = "definitive"


class Absence(StrEnum):
    """Why there is no value: each reason is a different thing, and none of them is zero."""

    NOT_YET_DUE = "not_yet_due"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"
    CONFIDENTIAL = "confidential"
    NOT_MEASURED = "not_measured"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One row: `value` in the indicator's printed unit, or `absence`; `reason` where it corrects an earlier one."""

    indicator: str
    entity: str
    year: int
    source: str
    value: Decimal | None = None
    status: Status = Status.DEFINITIVE
    absence: Absence | None = None
    observed_on: date | None = None
    note: str | None = None
    basis: str = ""
    perimeter: str = ""
    reason: str | None = None
