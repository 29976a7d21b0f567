"""A finding: what is wrong in a contract, how much it matters, where it stands, and the sentence that says it."""

from dataclasses import dataclass
from enum import StrEnum

from services.gateway.domain.definition import Point, TargetRow


class Severity(StrEnum):
    """What a board's secretary has to do about it.

    `error`: a judgement would be false or arbitrary, settle it first. `warning`: two figures disagree, or a commitment
    commits to less than it seems; the follow-up goes on with the figure held, and somebody should decide. `notice`:
    nothing is wrong, but who reads the verdicts should know.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The table of the contract, and which figure of it."""

    table: str
    indicator: str
    entity: str | None = None
    year: int | None = None
    target: str | None = None


def at_target(row: TargetRow) -> Place:
    return Place(table="targets", indicator=row.indicator, entity=row.entity, year=row.due_year, target=row.target)


def at_point(point: Point) -> Place:
    return Place(
        table="trajectory", indicator=point.indicator, entity=point.entity, year=point.year, target=point.target
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found: `source` is where the contract prints it."""

    place: Place
    sentence: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    code: str
    severity: Severity
    label: str
    place: Place
    sentence: str
    source: str
