"""A sum of money read twice: in current euros and in constant ones."""

from pydantic import BaseModel


class ReadingView(BaseModel):
    """The value, its baseline and its change in one kind of euros, and the target judged in them.

    `change` is in the unit, `growth` as a ratio (-0.0833 is −8,3 %); `missing` says what lacks for a value.
    """

    basis: str
    value: str | None
    baseline: str | None
    baseline_year: int | None
    change: str | None
    growth: str | None
    status: str
    label: str
    sentence: str
    simulated: bool
    missing: str | None


class DeflatorView(BaseModel):
    """The price index used; `note` says how sure it is, `points` its values in the years that served."""

    code: str
    label: str
    version: str
    base_year: int
    points: dict[int, str]
    note: str | None


class EurosView(BaseModel):
    """Both readings side by side; `disagree` where their verdicts or their directions differ, and `sentence` how."""

    current: ReadingView
    constant: ReadingView
    deflator: DeflatorView | None
    disagree: bool
    sentence: str | None
