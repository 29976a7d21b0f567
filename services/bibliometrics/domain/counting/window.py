"""Whether the citations of a year still come in: its counts of citations are provisional as long as they do."""

from datetime import date

_YEARS = 3
"""SciVal weighs the citations received in the year of publication and in the three years that follow."""


def is_window_open(year: int, extracted_on: date) -> bool:
    """Whether an extraction was made before the end of the third year after the year of publication."""
    return extracted_on.year <= year + _YEARS
