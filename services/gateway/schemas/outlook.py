"""What is left to do until the due years, where the series lead, and what such projections were worth in the past."""

from pydantic import BaseModel

from .watermark import Watermarked


class EffortView(BaseModel):
    """The change still needed each year, signed, in the unit: zero where the level is reached.

    `growth` is the same as a yearly rate (0.0379 is +3,8 %). `best` and `mean` are the past yearly changes, and
    `times_…` the multiple of each that is needed; `unknown` says why they are not given.
    """

    level: str
    value: str
    needed: str
    growth: str | None
    best: str | None
    mean: str | None
    times_best: str | None
    times_mean: str | None
    reached: bool
    simulated: bool
    unknown: str | None
    sentence: str


class ProjectionView(BaseModel):
    """The due year's value and its interval, or in `unknown` why there is none.

    `chance` says whether the interval reaches the level: `reaches`, `uncertain`, `falls-short`. `simulated` where every
    value used is; `set_aside` are the simulated years left out because others are real.
    """

    value: str | None
    low: str | None
    high: str | None
    confidence: str
    method: str
    years_used: list[int]
    chance: str | None
    unknown: str | None
    simulated: bool
    set_aside: list[int]
    sentence: str


class OutlookItem(BaseModel):
    indicator: str
    label: str
    unit: str
    target: str | None
    due_year: int
    effort: EffortView | None
    projection: ProjectionView


class Outlook(Watermarked):
    contract: str
    contract_version: int
    year: int
    entity: str
    label: str
    items: list[OutlookItem]


class TrialView(BaseModel):
    """What would have been said in `year`; `inside` and `right` are null where nothing can be compared.

    `error` is the distance from the value that came, as a ratio of it; `unchanged_…` say the same of the last value
    repeated.
    """

    year: int
    projection: ProjectionView
    status: str | None
    label: str | None
    inside: bool | None
    right: bool | None
    error: str | None
    unchanged_error: str | None
    unchanged_right: bool | None


class BackTestItem(BaseModel):
    """`actual` is the due year's value, in the target's own euros; `status` its verdict, if one can be given."""

    indicator: str
    label: str
    unit: str
    entity: str
    target: str | None
    due_year: int
    actual: str
    status: str | None
    status_label: str | None
    trials: list[TrialView]


class MethodView(BaseModel):
    name: str
    confidence: str
    fewest_changes: int
    sentence: str


class TotalsView(BaseModel):
    """`insufficient` counts the earlier years of which nothing could have been said for want of history.

    `affirmed` counts those whose whole interval lay on one side of the level, `affirmed_right` those that came so.
    """

    projected: int
    insufficient: int
    inside: int
    judged: int
    right: int
    unchanged_right: int
    affirmed: int
    affirmed_right: int
    share_inside: str | None
    share_right: str | None
    mean_error: str | None
    mean_unchanged_error: str | None


class BackTestView(Watermarked):
    contract: str
    contract_version: int
    method: MethodView
    items: list[BackTestItem]
    totals: TotalsView
