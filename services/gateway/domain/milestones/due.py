"""Imprecise dates: the words as they are printed, and the interval of days that they mean."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Due:
    """Between the two days, both included; `doubtful` where the words bear a question mark."""

    earliest: date
    latest: date
    text: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Forecast(Due):
    """When a step is expected to be done; `confidence` is `high`, `medium` or `low`."""

    doubtful: bool
    confidence: str
