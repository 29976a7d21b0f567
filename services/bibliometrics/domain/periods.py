"""The time between two days, either of them open, as packages write it: years, ISO days or French days."""

import re
from dataclasses import dataclass
from datetime import date

_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_FRENCH = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both within it; none is open. ValueError (in French) when it ends too early."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            message = (
                f"la fin ({self.last:%d/%m/%Y}) précède le début ({self.first:%d/%m/%Y}) : corrigez l’une ou l’autre"
            )
            raise ValueError(message)

    @classmethod
    def of(cls, first: str | None, last: str | None) -> "Period":
        """The period that two cells write: a year is its first day in the one, its last in the other."""
        return cls(_day(first, date(1, 1, 1)), _day(last, date(1, 12, 31)))

    @property
    def is_open(self) -> bool:
        return self.first is None and self.last is None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def covers_year(self, year: int) -> bool:
        """Whether it has any day of the year in common."""
        return (self.first is None or self.first.year <= year) and (self.last is None or year <= self.last.year)

    def applies_in(self, year: int | None) -> bool:
        """Whether a rule of this period holds for a document of the year; of no known year: only when always so."""
        return self.is_open if year is None else self.covers_year(year)


def _day(text: str | None, of_year: date) -> date | None:
    """The day that a cell writes, `of_year` saying which day a bare year is; none when it is blank."""
    written = (text or "").strip()
    if not written:
        return None
    if _YEAR.fullmatch(written) and int(written) in _YEARS:
        return of_year.replace(year=int(written))
    parts = _ISO.fullmatch(written) or _FRENCH.fullmatch(written)
    if parts is None or int(parts["year"]) not in _YEARS:
        raise ValueError(
            f"« {written} » n’est pas une date : écrivez une année (2017) ou un jour (2017-12-31, 31/12/2017)"
        )
    return _calendar_day(written, int(parts["year"]), int(parts["month"]), int(parts["day"]))


def _calendar_day(written: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"« {written} » n’existe pas au calendrier : corrigez le jour ou le mois") from None
