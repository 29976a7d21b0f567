"""The facts of the indicators service: a contract was defined, an observation was recorded."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from .catalogue import Fact, FactBody

OWNER = "indicators"


class SourcedBody(FactBody):
    """A part that says where it was read, and may carry a note."""

    source: str
    note: str | None = None


class HeaderBody(SourcedBody):
    code: str
    label: str
    start_year: int
    end_year: int
    reference_year: int


class EntityBody(FactBody):
    code: str
    label: str
    kind: str
    note: str | None = None


class ObjectiveBody(FactBody):
    code: str
    label: str
    source: str
    parent: str | None = None


class IndicatorBody(SourcedBody):
    code: str
    label: str
    unit: str
    decimals: int
    direction: str
    domain: str
    aggregation: str
    declined: bool
    objective: str | None = None
    parent: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    methodology: str = "1"


class TargetBody(SourcedBody):
    indicator: str
    entity: str
    target: str
    comparison: str
    operand: str
    due_year: int
    text: str
    value: Decimal | None = None
    upper: Decimal | None = None
    level: Decimal | None = None
    benchmark: str | None = None
    basis: str = ""
    deflator: str | None = None
    accumulation: str = "annual"
    baseline_kind: str = "year"
    baseline_years: str | None = None
    baseline_value: Decimal | None = None
    tolerance: Decimal | None = None


class TrajectoryBody(FactBody):
    indicator: str
    entity: str
    target: str
    year: int
    value: Decimal
    source: str


class BenchmarkBody(SourcedBody):
    code: str
    label: str
    unit: str


class DeflatorBody(SourcedBody):
    code: str
    label: str
    version: str
    base_year: int


class SeriesPointBody(SourcedBody):
    series: str
    year: int
    value: Decimal


class AdjustmentBody(FactBody):
    indicator: str
    year: int
    amount: Decimal
    reason: str
    source: str
    entity: str | None = None


class HypothesisBody(SourcedBody):
    code: str
    label: str
    value: Decimal
    unit: str


class PrintedChangeBody(SourcedBody):
    indicator: str
    entity: str
    subject: str
    from_year: int
    to_year: int
    value: Decimal
    unit: str
    text: str
    follows: bool


class NoteBody(FactBody):
    text: str
    source: str
    indicator: str | None = None
    entity: str | None = None
    year: int | None = None


class ContractBody(FactBody):
    """A whole contract, one list a table, each in the contract's own order."""

    contract: tuple[HeaderBody, ...]
    entities: tuple[EntityBody, ...]
    indicators: tuple[IndicatorBody, ...]
    objectives: tuple[ObjectiveBody, ...] = ()
    targets: tuple[TargetBody, ...] = ()
    trajectory: tuple[TrajectoryBody, ...] = ()
    benchmarks: tuple[BenchmarkBody, ...] = ()
    benchmark_values: tuple[SeriesPointBody, ...] = ()
    deflators: tuple[DeflatorBody, ...] = ()
    deflator_values: tuple[SeriesPointBody, ...] = ()
    adjustments: tuple[AdjustmentBody, ...] = ()
    hypotheses: tuple[HypothesisBody, ...] = ()
    printed_changes: tuple[PrintedChangeBody, ...] = ()
    notes: tuple[NoteBody, ...] = ()

    @property
    def header(self) -> HeaderBody:
        return self.contract[0]


class ContractDefined(Fact):
    """A contract as it stands from this version on."""

    TYPE: ClassVar[str] = "fr.imt.cadran.indicators.contract-defined.v1"
    code: str
    defined_at: datetime
    defined_by: str
    definition: ContractBody

    @property
    def subject(self) -> str:
        return f"contracts/{self.code}"


class ObservationRecorded(Fact):
    """One value, or the reason for its absence, as it stands from this version on."""

    TYPE: ClassVar[str] = "fr.imt.cadran.indicators.observation-recorded.v1"
    id: str
    contract: str
    indicator: str
    entity: str
    year: int
    basis: str
    perimeter: str
    value: Decimal | None
    status: str
    absence: str | None
    source: str
    note: str | None
    observed_on: date | None
    reason: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        return f"observations/{self.id}"


FACTS: dict[str, type[Fact]] = {fact.TYPE: fact for fact in (ContractDefined, ObservationRecorded)}
