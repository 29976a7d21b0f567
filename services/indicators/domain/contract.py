"""What a contract states: its entities, objectives and indicators, what it prints besides, and its notes."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .series import Adjustment, Benchmark, Deflator, Hypothesis, SeriesPoint
from .target import Target, TrajectoryPoint


class EntityKind(StrEnum):
    GROUP = "group"
    SCHOOL = "school"
    SUBSIDIARY = "subsidiary"
    OTHER = "other"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Aggregation(StrEnum):
    """How the group's value is made from the entities' (« Group value » of the contract's rules)."""

    DECLARED = "declared"
    SUM = "sum"
    RATIO = "ratio"
    DISTINCT = "distinct"
    LAST = "last"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The contract itself; years are calendar years, `reference_year` the one that changes are counted from."""

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
    code: str
    label: str
    source: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """`parent` is the whole of a « dont » line; `numerator` and `denominator` are the parts of a ratio."""

    code: str
    label: str
    unit: str
    decimals: int
    direction: Direction
    domain: str
    aggregation: Aggregation
    declined: bool
    source: str
    objective: str | None = None
    parent: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    methodology: str = "1"
    note: str | None = None


class ChangeUnit(StrEnum):
    PERCENT = "percent"
    POINTS = "points"
    ABSOLUTE = "absolute"


class ChangeSubject(StrEnum):
    """Whether a printed figure is that of the value reached or that of the target."""

    VALUE = "value"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedChange:
    """An evolution as the contract prints it; `follows` says whether it follows from the printed values."""

    indicator: str
    entity: str
    subject: ChangeSubject
    from_year: int
    to_year: int
    value: Decimal
    unit: ChangeUnit
    text: str
    follows: bool
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedValue:
    """A figure as another place of the document prints it; `unit` is the one printed there."""

    indicator: str
    entity: str
    subject: ChangeSubject
    year: int
    value: Decimal
    unit: str
    text: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """From `year` on the indicator is measured by another method; of every entity where none is named."""

    indicator: str
    year: int
    entity: str | None = None
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark that changes what a figure means; the narrower the place named, the narrower its reach."""

    text: str
    source: str
    indicator: str | None = None
    entity: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A whole contract: one field a table, in the order in which a package lists them."""

    contract: tuple[Header, ...]
    entities: tuple[Entity, ...]
    indicators: tuple[Indicator, ...]
    objectives: tuple[Objective, ...] = ()
    targets: tuple[Target, ...] = ()
    trajectory: tuple[TrajectoryPoint, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    benchmark_values: tuple[SeriesPoint, ...] = ()
    deflators: tuple[Deflator, ...] = ()
    deflator_values: tuple[SeriesPoint, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    printed_changes: tuple[PrintedChange, ...] = ()
    printed_values: tuple[PrintedValue, ...] = ()
    breaks: tuple[Break, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def header(self) -> Header:
        return self.contract[0]
