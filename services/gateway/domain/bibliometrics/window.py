"""Whether a count may still change: it is not definitive, or the citations that it rests on still come in."""

from datetime import date

from .choosing import DEFINITIVE

CITED = frozenset({"publications-top-10"})
"""The measures that rest on citations."""
_YEARS = 3
"""SciVal weighs the citations received in the year of publication and in the three years that follow."""


def is_provisional(measure: str, year: int, status: str, counted_on: date) -> bool:
    """Of an extraction that is not definitive, or of citations counted before the end of their window."""
    return status != DEFINITIVE or (measure in CITED and counted_on.year <= year + _YEARS)
