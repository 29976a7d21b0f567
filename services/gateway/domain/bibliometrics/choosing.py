"""Which extraction speaks of a year: the newest definitive one that covers it, else the newest provisional one."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

DEFINITIVE = "definitive"


class Frozen(Protocol):
    """What an extraction is chosen by."""

    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def extracted_on(self) -> date: ...
    @property
    def years(self) -> Sequence[int]: ...


_Extraction = TypeVar("_Extraction", bound=Frozen)


def newest_first(extractions: Iterable[_Extraction]) -> list[_Extraction]:
    """By the day of extraction; of one day, by code, so that the order is always the same."""
    return sorted(extractions, key=lambda each: (each.extracted_on, each.code, each.id), reverse=True)


def standing(extractions: Iterable[_Extraction]) -> _Extraction | None:
    """The newest definitive one, else the newest provisional one; none where nothing was frozen."""
    found = newest_first(extractions)
    return next((each for each in found if each.status == DEFINITIVE), found[0] if found else None)


def chosen(extractions: Iterable[_Extraction], year: int) -> _Extraction | None:
    """The one that speaks of a year, of those that cover it."""
    return standing(each for each in extractions if year in each.years)


def by_year(extractions: Sequence[_Extraction], after: int) -> dict[int, _Extraction]:
    """The one that speaks of each year after that one."""
    years = sorted({year for each in extractions for year in each.years if year > after})
    found = ((year, chosen(extractions, year)) for year in years)
    return {year: each for year, each in found if each is not None}


def named(extractions: Iterable[_Extraction], name: str) -> _Extraction | None:
    """The one of that identifier, else of that code."""
    known = list(extractions)
    found = [each for each in known if each.id == name] or [each for each in known if each.code == name]
    return found[0] if found else None
