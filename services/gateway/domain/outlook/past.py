"""The past of a series: its yearly values and changes, in the target's own euros, never real and simulated mixed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.values import WIDE, Stated, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known up to a year.

    `values` are those judged (sums since the baseline for a cumulative target); `changes` go from the year before to
    the year named, only between known years that follow one another, and never across a change of method.
    `set_aside` are the simulated years left out because others are real, `unindexed` those without a price index.
    """

    values: Mapping[int, Decimal]
    changes: Mapping[int, Decimal]
    simulated: bool = False
    set_aside: tuple[int, ...] = ()
    unindexed: tuple[int, ...] = ()

    @property
    def last(self) -> int | None:
        """The last year that has a value."""
        return max(self.values, default=None)

    @property
    def run(self) -> tuple[Decimal, ...]:
        """The unbroken changes that lead to the last value, the oldest first."""
        return tuple(self.changes[year] for year in reversed(self._run_years()))

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose values the run is made of, the one that it starts from included."""
        years = self._run_years()
        first = years[-1] - 1 if years else self.last
        start = () if first is None or first not in self.values else (first,)
        return (*start, *reversed(years))

    def _run_years(self) -> list[int]:
        last = self.last
        return [] if last is None else list(takewhile(self.changes.__contains__, _back_from(last)))


def _back_from(year: int) -> Iterator[int]:
    yield from range(year, -1, -1)


def past(case: Case, until: int) -> Past:
    """What is known of the case's series up to a year; only the real values where there are any."""
    stated = {year: each for year, each in sorted(case.series.items()) if year <= until and each.value is not None}
    real = {year: each for year, each in stated.items() if not each.is_simulated}
    set_aside = tuple(year for year in stated if year not in real) if real else ()
    known = _in_basis(case, real or stated)
    return Past(
        values=_gathered(case, known) if case.target.is_cumulative else known,
        changes=_flows(case, known) if case.target.is_cumulative else _changes(case, known),
        simulated=bool(stated) and not real,
        set_aside=set_aside,
        unindexed=tuple(year for year in real or stated if year not in known),
    )


def _in_basis(case: Case, stated: Mapping[int, Stated]) -> dict[int, Decimal]:
    turned = {year: case.in_basis(each.value, year) for year, each in stated.items()}
    return {year: value for year, value in turned.items() if value is not None}


def _changes(case: Case, known: Mapping[int, Decimal]) -> dict[int, Decimal]:
    breaks = case.target.measure.breaks
    follow = [year for year in known if year - 1 in known and year not in breaks]
    return {year: WIDE.subtract(known[year], known[year - 1]) for year in follow}


def _flows(case: Case, known: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Of a sum since the baseline, the yearly changes are each year's own values."""
    breaks = case.target.measure.breaks
    return {year: value for year, value in known.items() if year > case.origin and year not in breaks}


def _gathered(case: Case, known: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The sums since the baseline, as far as no year lacks."""
    after = range(case.origin + 1, max(known, default=case.origin) + 1)
    years = list(takewhile(known.__contains__, after))
    return {year: total(known[each] for each in years if each <= year) for year in years}
