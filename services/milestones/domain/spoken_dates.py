"""The words of a date: which months or which day they name, and of which year where they say it."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

YEARS = range(1900, 2201)
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whole months, or one day of one month; `year` is None where the words do not say it."""

    year: int | None
    first: int
    last: int
    day: int | None = None

    def between(self, year: int) -> tuple[date, date]:
        """The first and the last day; ValueError where the calendar has no such day."""
        if self.day is not None:
            day = date(year, self.first, self.day)
            return day, day
        return date(year, self.first, 1), date(year, self.last, monthrange(year, self.last)[1])


def _ordinals(*spelled: str) -> dict[str, int]:
    """The rank of each way to write it; the first rank is named by the first words."""
    return {word: rank for rank, words in enumerate(spelled, 1) for word in words.split()}


_MONTHS = _ordinals(
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_HALVES = _ordinals("1er premier", "2d 2nd 2e 2eme second deuxieme")
_QUARTERS = _ordinals("1er premier", "2e 2eme deuxieme", "3e 3eme troisieme", "4e 4eme quatrieme")
_PARTS: Mapping[str, tuple[int, int]] = {"debut": (1, 3), "mi": (4, 9), "fin": (10, 12)}
_OF_THE_YEAR = (" d'annee", " de l'annee", " annee", "-annee")


def _quarter(rank: int) -> tuple[int, int]:
    return 3 * rank - 2, 3 * rank


def _half(rank: int) -> tuple[int, int]:
    return 6 * rank - 5, 6 * rank


PERIODS: Mapping[str, tuple[int, int]] = {
    **{f"t{rank}": _quarter(rank) for rank in range(1, 5)},
    **{f"{word} trimestre": _quarter(rank) for word, rank in _QUARTERS.items()},
    **{f"s{rank}": _half(rank) for rank in (1, 2)},
    **{f"{word} semestre": _half(rank) for word, rank in _HALVES.items()},
    **{f"{part}{of}": months for part, months in _PARTS.items() for of in _OF_THE_YEAR},
    **{month: (rank, rank) for month, rank in _MONTHS.items()},
    **{f"fin {month}": (rank, rank) for month, rank in _MONTHS.items()},
}
"""Months by the words that name them, with a year or without."""


def _one_of(words: Mapping[str, object]) -> str:
    return "|".join(map(re.escape, words))


_YEAR = "(?P<year>[0-9]{4}|[0-9]{2})"
_OF_A_YEAR = rf"(?: ?[-/] ?| )(?:de )?{_YEAR}"
_MONTH = "(?P<month>0?[1-9]|1[0-2])"
_DAY = "(?P<day>0?[1-9]|[12][0-9]|3[01])"
_Words = Mapping[str, str | None]


def _year(words: _Words) -> int | None:
    written = words.get("year")
    return None if not written else int(written) + (_CENTURY if len(written) == len("24") else 0)


def _months(words: _Words) -> Spoken:
    return Spoken(_year(words), *PERIODS[str(words["period"])])


def _part(words: _Words) -> Spoken:
    return Spoken(_year(words), *_PARTS[str(words["part"])])


def _numbered(words: _Words) -> Spoken:
    month, day = int(str(words["month"])), words.get("day")
    return Spoken(_year(words), month, month, int(day) if day else None)


def _named_day(words: _Words) -> Spoken:
    month = _MONTHS[str(words["name"])]
    return Spoken(_year(words), month, month, int(str(words["day"]).removesuffix("er")))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[_Words], Spoken]], ...] = tuple(
    (re.compile(form), build)
    for form, build in (
        ("(?P<year>[0-9]{4})", lambda words: Spoken(_year(words), 1, 12)),
        (rf"(?P<period>{_one_of(PERIODS)})(?:{_OF_A_YEAR})?", _months),
        (rf"(?P<part>{_one_of(_PARTS)}){_OF_A_YEAR}", _part),
        (rf"{_MONTH} ?/ ?(?P<year>[0-9]{{4}}|1[3-9]|[2-9][0-9])", _numbered),
        (r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?", _numbered),
        (rf"{_DAY}/{_MONTH}/{_YEAR}", _numbered),
        (rf"(?P<day>1er|0?[1-9]|[12][0-9]|3[01]) (?P<name>{_one_of(_MONTHS)})(?: {_YEAR})?", _named_day),
    )
)
_SAID_OTHERWISE = str.maketrans({"’": "'", "–": "-", "—": "-", "‑": "-", "ᵉ": "e", "ʳ": "r"})


def plain(text: str) -> str:
    """The words in small letters, without accents, and with one ordinary space between them."""
    letters = unicodedata.normalize("NFD", text.translate(_SAID_OTHERWISE).lower())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def spoken(words: str) -> Spoken | None:
    """What plain words name, or None where they are in no known form."""
    for form, build in _FORMS:
        if match := form.fullmatch(words):
            return build(match.groupdict())
    return None
