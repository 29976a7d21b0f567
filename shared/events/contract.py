"""A contract's definition as events carry it: one body a row of its tables."""

from decimal import Decimal

from .catalogue import FactBody


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


class PrintedValueBody(SourcedBody):
    """A figure as another place of the document prints it."""

    indicator: str
    entity: str
    subject: str
    year: int
    value: Decimal
    unit: str
    text: str


class BreakBody(FactBody):
    """From `year` on the indicator is measured by another method; of every entity where none is named."""

    indicator: str
    year: int
    entity: str | None = None
    reason: str
    source: str


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
    printed_values: tuple[PrintedValueBody, ...] = ()
    breaks: tuple[BreakBody, ...] = ()
    notes: tuple[NoteBody, ...] = ()

    @property
    def header(self) -> HeaderBody:
        return self.contract[0]
