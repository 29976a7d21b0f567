"""What a cell of a SciVal export says: « - » is missing, and a value that can't be read is an error of its row."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

MISSING = frozenset({"", "-"})
_WHOLE = re.compile(r"[0-9]{1,9}(?:\.0)?|[0-9]{1,3}(?:[,\u00a0\u202f ][0-9]{3}){1,2}")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,20})?")
_ID = re.compile(r"([0-9]{4,20})(?:\.0)?")
_ID_SEPARATORS = re.compile(r"[|;,]")
_GOAL = re.compile(r"SDG\s*([0-9]{1,4})(?![0-9])", re.IGNORECASE)
_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3}[0-9X])(?![0-9])", re.IGNORECASE)
_LAST_GOAL = 17
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
_FRENCH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2}) ([A-Za-z]{3,9})\.?,? ([0-9]{4})")
_SERIAL = re.compile(r"[2-7][0-9]{4}(?:\.0)?")
_EPOCH = date(1899, 12, 30)  # the day 0 of spreadsheets


class CellError(ValueError):
    """Why a row can't be a record: its code, the column as printed, and what is wrong there."""

    def __init__(self, code: str, column: str, message: str) -> None:
        super().__init__(message)
        self.code, self.column, self.message = code, column, message


def said(cell: str) -> str:
    """A cell without what surrounds it; empty where it is missing."""
    text = cell.strip()
    return "" if text in MISSING else text


def whole(cell: str, column: str) -> int | None:
    """A count, its thousands parted or not; none where missing. Raises CellError."""
    text = said(cell)
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise CellError("number", column, f"« {shown(text)} » n’est pas un nombre entier")
    return int(re.sub(r"\.0$|[^0-9]", "", text))


def number(cell: str, column: str) -> Decimal | None:
    """A value with a point or a comma; none where missing. Raises CellError."""
    text = said(cell)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise CellError("number", column, f"« {shown(text)} » n’est pas un nombre")
    return Decimal(text.replace(",", "."))


def shown(text: str) -> str:
    """The beginning of what a cell says, as it is quoted in a message."""
    longest = 60
    return text if len(text) <= longest else f"{text[:longest]}…"


def parts(cell: str, separator: str = "|") -> list[str]:
    """The values of a cell that joins several; none that is blank or missing."""
    return [text for each in cell.split(separator) if (text := said(each))]


def identifiers(cell: str) -> list[str]:
    """The digits of each identifier, whatever parts them; blank where one can't be read, to keep the ranks."""
    if not said(cell):
        return []
    read = [_ID.fullmatch(each.strip()) for each in _ID_SEPARATORS.split(cell.strip().strip("|;, "))]
    return [found[1] if found else "" for found in read]


def identifier(cell: str) -> str:
    """The digits of a single identifier; empty without."""
    found = _ID.fullmatch(cell.strip())
    return found[1] if found else ""


def goal_numbers(cell: str) -> tuple[int, ...]:
    """The numbers after « SDG », in order; those that no goal has are left out."""
    found = {int(each) for each in _GOAL.findall(cell)}
    return tuple(sorted(each for each in found if 1 <= each <= _LAST_GOAL))


def issns(cell: str) -> tuple[str, ...]:
    """Eight characters each, without the hyphen nor « ISSN- »."""
    return tuple(dict.fromkeys((first + last).upper() for first, last in _ISSN.findall(cell)))


def day(text: str) -> date | None:
    """« 23 October 2023 », « 2023-10-23 », « 23/10/2023 », or the number that a spreadsheet gives to a day."""
    stripped = text.strip()
    if _SERIAL.fullmatch(stripped):
        return _EPOCH + timedelta(days=int(stripped[:5]))
    try:
        year, month, number_of_day = _written(stripped)
        return date(year, month, number_of_day)
    except ValueError:
        return None


def _written(text: str) -> Sequence[int]:
    if found := _ISO.fullmatch(text):
        return [int(each) for each in found.groups()]
    if found := _FRENCH.fullmatch(text):
        return [int(each) for each in reversed(found.groups())]
    if found := _WORDS.fullmatch(text):
        return int(found[3]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1])
    raise ValueError(text)
