"""Imprecise dates: the words of a contract, and the days between which they lie."""

import re
from dataclasses import dataclass
from datetime import date

from .spoken_dates import YEARS, Spoken, plain, spoken

EXAMPLES = "« 2024 », « T4 2024 », « fin 2024 », « juin 2024 », « 15/06/2024 » ou « T1 2024 – T3 2024 »"
LONGEST_DATE = 100
_SHOWN = 40
_BEFORE = re.compile(r"(?:avant|d'ici(?: a)?|au plus tard)(?: (?:le|la|en|au))? (.+)")
_JOINT = re.compile(r" ?- ?| a ")


@dataclass(frozen=True, slots=True)
class Due:
    """The days between which a date lies, both included; `doubtful` where the writing leaves a doubt."""

    earliest: date
    latest: date
    text: str
    doubtful: bool = False


def read_due(text: str, year: int | None) -> Due:
    """Read the words of a date; those that name no year are of the given one. ValueError says what may be written.

    No words at all are the whole given year. A question mark, wherever it stands, makes the date doubtful.
    """
    shown = " ".join(text.split())
    if not shown and year is not None:
        return whole_year(year)
    if len(shown) > LONGEST_DATE:
        raise ValueError(f"une date s’écrit en {LONGEST_DATE} caractères au plus, par exemple {EXAMPLES}")
    earliest, latest = _limits(plain(shown.replace("?", " ")), shown, year)
    return Due(earliest, latest, shown, "?" in shown)


def whole_year(year: int) -> Due:
    """From the first to the last day of a year; ValueError outside 1900 to 2200."""
    return Due(*Spoken(year, 1, 12).between(_within_bounds(year)), str(year))


def is_without_year(text: str) -> bool:
    """Whether words that can be read with a year leave it out (« T4 », « fin juin »)."""
    words = plain(text.replace("?", " "))
    limited = _BEFORE.fullmatch(words)
    return all(end.year is None for end in _ends(limited[1] if limited else words, text))


def _limits(words: str, shown: str, year: int | None) -> tuple[date, date]:
    """« Avant » opens the interval on 1 January of the year in which it ends, or earlier where it does already."""
    limited = _BEFORE.fullmatch(words)
    earliest, latest = _between(_ends(limited[1] if limited else words, shown), shown, year)
    return min(earliest, date(latest.year, 1, 1)) if limited else earliest, latest


def _ends(words: str, shown: str) -> tuple[Spoken, Spoken]:
    """What the words name first and last: the same where they name one thing, and never to be guessed."""
    if one := spoken(words):
        return one, one
    pairs = [(spoken(words[: joint.start()]), spoken(words[joint.end() :])) for joint in _JOINT.finditer(words)]
    known = [(first, last) for first, last in pairs if first and last]
    if len(known) != 1 or (known[0][0].year is not None and known[0][1].year is None):
        raise ValueError(f"« {_short(shown)} » n’est pas une date lisible : écrivez par exemple {EXAMPLES}")
    return known[0]


def _between(ends: tuple[Spoken, Spoken], shown: str, year: int | None) -> tuple[date, date]:
    """The first words are of the year of the last ones where they name none (« T1 – T3 2024 »)."""
    first, last = ends
    year = year if last.year is None else last.year
    if year is None:
        raise ValueError(f"« {_short(shown)} » ne dit pas l’année : écrivez par exemple {EXAMPLES}")
    opening, closing = _days(first, year if first.year is None else first.year, shown), _days(last, year, shown)
    if opening[0] > closing[0] or opening[1] > closing[1]:
        raise ValueError(f"« {_short(shown)} » finit avant d’avoir commencé : écrivez par exemple « 2024-2025 »")
    return opening[0], closing[1]


def _days(end: Spoken, year: int, shown: str) -> tuple[date, date]:
    try:
        return end.between(_within_bounds(year))
    except ValueError as error:
        if end.day is None or year not in YEARS:
            raise
        message = f"« {_short(shown)} » : ce jour n’est pas au calendrier ; écrivez par exemple « 15/06/2024 »"
        raise ValueError(message) from error


def _within_bounds(year: int) -> int:
    if year not in YEARS:
        raise ValueError(f"« {year} » n’est pas une année (1900 à 2200) : écrivez par exemple « T4 2024 »")
    return year


def _short(shown: str) -> str:
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
