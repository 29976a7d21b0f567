"""The views that the gateway shows: one object each, for JSON, pages and reports alike."""

from datetime import datetime

from pydantic import BaseModel


class Watermarked(BaseModel):
    """`watermark` says how far each owner has been read; it is the view's ETag."""

    watermark: str


class ContractItem(BaseModel):
    code: str
    label: str
    version: int
    start_year: int
    end_year: int
    reference_year: int
    entity: str
    observed_years: list[int]


class ContractList(Watermarked):
    items: list[ContractItem]


class ContractView(Watermarked, ContractItem):
    source: str
    note: str | None
    entities: list[dict[str, object]]
    objectives: list[dict[str, object]]
    indicators: list[dict[str, object]]
    benchmarks: list[dict[str, object]]
    deflators: list[dict[str, object]]
    hypotheses: list[dict[str, object]]
    adjustments: list[dict[str, object]]
    printed_changes: list[dict[str, object]]
    notes: list[dict[str, object]]


class ValueView(BaseModel):
    """One year: a decimal string in the indicator's unit, or null with the reason for its absence."""

    year: int
    value: str | None
    status: str | None
    source: str | None
    note: str | None
    absence: str | None


class BaselineView(BaseModel):
    year: int | None
    value: str | None
    years: list[int]


class ChangeView(BaseModel):
    """`absolute` in the indicator's unit (points for a rate); `relative` as 0.1480 for +14,8 %."""

    absolute: str | None
    relative: str | None


class OperandView(BaseModel):
    kind: str
    value: str | None
    upper: str | None
    year: int | None
    benchmark: str | None


class PointView(BaseModel):
    year: int
    value: str | None


class TargetView(BaseModel):
    """`text` is the contract's own printed words.

    `level` is the operand in the indicator's unit, where one follows; `level_upper` the other end of a range.
    """

    target: str
    comparison: str
    operand: OperandView
    basis: str | None
    accumulation: str
    due_year: int
    level: str | None
    level_upper: str | None
    trajectory: list[PointView]
    text: str
    source: str
    note: str | None


class CompletenessView(BaseModel):
    expected: int
    received: int
    missing: list[str]


class Followed(BaseModel):
    """One line of a follow-up: its values, and what they are measured against."""

    values: list[ValueView]
    baseline: BaselineView
    change: ChangeView
    targets: list[TargetView]


class EntityFollowed(Followed):
    entity: str
    label: str


class EntityIndicatorView(Followed):
    code: str
    label: str
    unit: str
    decimals: int
    direction: str
    domain: str
    objective: str | None
    aggregation: str
    parent: str | None
    source: str
    note: str | None
    declared: str | None
    computed: str | None
    gap: str | None
    completeness: CompletenessView


class IndicatorView(EntityIndicatorView):
    entities: list[EntityFollowed]


class EntityFollowUp(Watermarked):
    contract: str
    contract_version: int
    year: int
    entity: str
    label: str
    indicators: list[EntityIndicatorView]


class FollowUp(Watermarked):
    contract: str
    contract_version: int
    year: int
    entity: str
    label: str
    indicators: list[IndicatorView]


class ParkedItem(BaseModel):
    id: int
    topic: str
    partition: int
    offset: int
    key: str | None
    headers: list[tuple[str, str]]
    value: str | None
    reason: str
    parked_at: datetime


class ParkedPage(BaseModel):
    items: list[ParkedItem]
    next: str | None
