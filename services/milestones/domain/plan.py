"""What a package states of milestones: one class a table, and what its rows of progress say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .dates import Due, read_due
from .evidence import Evidence
from .forms import UnreadableError, present
from .progress import Confidence, Forecast, Statement
from .transitions import State


class EntityKind(StrEnum):
    GROUP = "group"
    SCHOOL = "school"
    SUBSIDIARY = "subsidiary"
    OTHER = "other"


EXPECTED = (EntityKind.SCHOOL, EntityKind.SUBSIDIARY)
"""The kinds of entities that each do a shared step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The contract itself; years are calendar years."""

    code: str
    label: str
    start_year: int
    end_year: int
    reference_year: int
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    code: str
    label: str
    kind: EntityKind
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a milestone may refer to; the rest of its row is another service's."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a milestone may refer to; the rest of its row is another service's."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A jalon; `indicators` are codes separated by spaces, `pilot` is a function and never a person."""

    code: str
    title: str
    objective: str | None = None
    indicators: str | None = None
    pilot: str | None = None
    source: str
    note: str | None = None

    @property
    def indicator_codes(self) -> tuple[str, ...]:
        return tuple((self.indicators or "").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of action; `description` and `target` are the contract's own words."""

    milestone: str
    code: str
    title: str
    description: str | None = None
    target: str | None = None
    pilot: str | None = None
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was said of a line's results in a year."""

    line: str
    year: int
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProgress:
    """What is stated of a step (its code and year) for an entity; `due` and `forecast` are the words of dates."""

    step: str
    year: int
    entity: str
    state: State
    share: Decimal | None = None
    done_on: date | None = None
    evidence: str | None = None
    address: str | None = None
    file: str | None = None
    sha256: str | None = None
    due: str | None = None
    forecast: str | None = None
    confidence: Confidence | None = None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a contract defines besides its steps: one field a table, in the order in which a package lists them."""

    contract: tuple[Header, ...]
    entities: tuple[Entity, ...]
    objectives: tuple[Objective, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    milestone_lines: tuple[Line, ...] = ()
    milestone_results: tuple[Result, ...] = ()

    @property
    def header(self) -> Header:
        return self.contract[0]

    @property
    def group(self) -> Entity:
        """The entity that does the steps of the group; a valid plan has one, and one only."""
        return next(entity for entity in self.entities if entity.kind is EntityKind.GROUP)

    def label(self, entity: str) -> str:
        return next(each.label for each in self.entities if each.code == entity)

    @property
    def members(self) -> tuple[Entity, ...]:
        """The entities that each do a shared step, in the contract's order."""
        return tuple(entity for entity in self.entities if entity.kind in EXPECTED)


def statement_of(row: WrittenProgress, year: int) -> Statement:
    """What a row says, words without a year being of the given one; UnreadableError names the column that is wrong."""
    document = Evidence(row.evidence, row.address, row.file, row.sha256)
    return Statement(
        state=row.state, share=row.share, done_on=row.done_on, evidence=(document,) if any(_said(row)) else (),
        due=date_in("due", row.due, year), forecast=_forecast(row, year), reason=row.reason, note=row.note,
    )  # fmt: skip


def cell_of(column: str) -> str:
    """The column of a package where a statement's one is written (« evidence/0/reference » is in « evidence »)."""
    last = column.rpartition("/")[2]
    return "evidence" if last == "reference" else last


def _said(row: WrittenProgress) -> tuple[str | None, ...]:
    return tuple(present(each) for each in (row.evidence, row.address, row.file, row.sha256))


def _forecast(row: WrittenProgress, year: int) -> Forecast | None:
    due = date_in("forecast", row.forecast, year)
    if due and row.confidence is None:
        raise UnreadableError("confidence", "une date prévue dit sa confiance : high, medium ou low")
    if row.confidence and not due:
        raise UnreadableError("forecast", "la confiance est celle d’une date prévue : donnez-la, ou laissez vide")
    return Forecast(due, row.confidence) if due and row.confidence else None


def date_in(column: str, words: str | None, year: int) -> Due | None:
    """The date in words of a column, if any; those that name no year are of the given one. Raises UnreadableError."""
    if not present(words):
        return None
    try:
        return read_due(str(words), year)
    except ValueError as error:
        raise UnreadableError(column, str(error)) from error
