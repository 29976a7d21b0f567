"""The reconciliation of a contract for a year: the entities' Σ beside the group's, of values and of pledges."""

from datetime import datetime

from pydantic import BaseModel

from .follow_up import CompletenessView
from .watermark import Watermarked


class PerimeterView(BaseModel):
    """Which entities Σ counts; `code` is null for the contract's own perimeter, `offered` what may be asked."""

    code: str | None
    label: str
    included: list[str]
    excluded: list[str]
    offered: list[str]


class AdjustmentView(BaseModel):
    """A signed, sourced amount to add to Σ."""

    amount: str
    reason: str
    source: str
    entity: str | None


class EntityValueView(BaseModel):
    """`year` is that of the value: an earlier one where the last known value is carried."""

    entity: str
    label: str
    year: int
    value: str | None
    absence: str | None
    status: str | None


class ReconciledValues(BaseModel):
    """`gap` is declared − Σ; Σ (or `computed` for a ratio) + adjustments = `explained`; declared − it = `unexplained`.

    `sum` is the Σ of the entities, null where adding them means nothing; `computed` the group's value that follows.
    """

    sum: str | None
    computed: str | None
    declared: str | None
    gap: str | None
    adjustments: list[AdjustmentView]
    explained: str | None
    unexplained: str | None
    completeness: CompletenessView
    by_entity: list[EntityValueView]
    provisional: bool
    simulated: bool
    note: str | None
    sentence: str


class PledgeView(BaseModel):
    """`level` and `level_upper` are what is counted of the entity's target; `note` says how, or why it is not."""

    entity: str
    label: str
    text: str | None
    level: str | None
    level_upper: str | None
    baseline: str | None
    note: str | None


class ReconciledCommitments(BaseModel):
    """Σ of the entities' pledges beside the group's, for `year`; `target` is the due year of what is pledged.

    `gap` is group − Σ − `adjustment`, `gap_upper` at the other end of the group's range; `adjustment` is what the
    ledger of that year adds to Σ, null where it adds nothing. Changes are ratios (0.1463 is +14,6 %) since
    the baselines. `verdict` is short, beyond, equal or not_comparable, judged on levels or on changes (`judged_on`).
    """

    year: int
    target: int
    sum: str | None
    sum_upper: str | None
    group: str | None
    group_upper: str | None
    adjustment: str | None
    gap: str | None
    gap_upper: str | None
    sum_baseline: str | None
    group_baseline: str | None
    sum_change: str | None
    group_change: str | None
    group_change_upper: str | None
    verdict: str
    judged_on: str
    completeness: CompletenessView
    by_entity: list[PledgeView]
    basis_note: str | None
    note: str | None
    sentence: str


class ReconciledIndicator(BaseModel):
    """An indicator that is not declined has its declared value alone."""

    code: str
    label: str
    unit: str
    decimals: int
    aggregation: str
    values: ReconciledValues
    commitments: ReconciledCommitments | None


class ReconciliationView(Watermarked):
    """`as_of` is the instant whose knowledge this is (now if none)."""

    contract: str
    contract_version: int
    as_of: datetime | None
    year: int
    perimeter: PerimeterView
    indicators: list[ReconciledIndicator]
