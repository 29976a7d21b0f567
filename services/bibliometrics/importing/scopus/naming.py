"""The day of an export, as the file name that Scopus gives says it."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = re.compile(r"scopus_export_([a-z]{3})[a-z]*(?:\s|_|\+|-|%20)+(\d{1,2})-(\d{4})(?!\d)", re.IGNORECASE)


def extracted_on(filename: str) -> date | None:
    """The day in `scopus_export_Nov 10-2025_….csv`; none in any other name."""
    found = _NAME.search(filename)
    if not found or found[1].lower() not in _MONTHS:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[1].lower()) + 1, int(found[2]))
    except ValueError:
        return None
