"""A verdict as it is shown."""

from pydantic import BaseModel


class MarginView(BaseModel):
    """Positive is better than asked, negative is short: in the unit (points for a rate), and as a ratio of it."""

    absolute: str | None
    relative: str | None


class OperandsView(BaseModel):
    """What was compared, in the indicator's unit; `tolerated` is the shortfall that is watched rather than late."""

    year: int
    value: str | None
    required: str | None
    upper: str | None
    baseline: str | None
    baseline_year: int | None
    tolerated: str | None
    benchmark: str | None
    index: str | None
    basis: str | None


class VerdictView(BaseModel):
    """What is said of a target, by which rule, and by how much; `simulated` where an invented value was judged."""

    status: str
    label: str
    margin: MarginView
    operands: OperandsView
    rule: str
    sentence: str
    simulated: bool
