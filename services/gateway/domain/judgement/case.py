"""A target in a year, with all that its judgement looks at, in the target's own euros."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from services.gateway.domain.targets import Baseline, Deflator, Target, baseline
from services.gateway.domain.values import WIDE, Stated, total

_ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is asked, what was stated, and outside series; `year` is never after the due year."""

    target: Target
    series: Mapping[int, Stated]
    benchmark: Mapping[int, Decimal]
    deflator: Deflator | None
    year: int
    on: date

    @property
    def is_due(self) -> bool:
        return self.year == self.target.due_year

    @cached_property
    def unmet(self) -> tuple[int, Stated] | None:
        """The first year that the judgement needs a value of, and has none; with what was stated of it."""
        for year in self.years:
            stated = self.series.get(year, Stated())
            if stated.value is None:
                return year, stated
        return None

    @cached_property
    def years(self) -> range:
        """The years whose values are judged: this one, or for a cumulative target all since its baseline."""
        return range(self.origin + 1 if self.target.is_cumulative else self.year, self.year + 1)

    @property
    def origin(self) -> int:
        """The year that the path starts in."""
        return self.start.year if self.start.year is not None else self.target.reference_year

    @cached_property
    def start(self) -> Baseline:
        """The baseline; an observed one turned into the target's euros."""
        observed = {year: self.in_basis(stated.value, year) for year, stated in self.series.items()}
        return baseline(self.target, observed)

    @cached_property
    def way_start(self) -> Decimal | None:
        """Where the path to the level starts from; a sum of years starts from nothing."""
        return _ZERO if self.target.is_cumulative else self.start.value

    @cached_property
    def value(self) -> Decimal | None:
        """The value judged, in the target's euros."""
        values = [self.in_basis(self.series.get(year, Stated()).value, year) for year in self.years]
        known = [value for value in values if value is not None]
        return total(known) if known and len(known) == len(values) else None

    def in_basis(self, value: Decimal | None, year: int) -> Decimal | None:
        """A value of that year in the target's euros; none where the price index is not known."""
        base = self.target.constant_year
        if value is None or base is None:
            return value
        then, now = self.index(base), self.index(year)
        return None if then is None or now is None else WIDE.divide(WIDE.multiply(value, then), now)

    def index(self, year: int) -> Decimal | None:
        """The price index of a year; one that is not positive is none."""
        known = self.deflator.index.get(year) if self.deflator else None
        return known if known is not None and known > 0 else None

    @cached_property
    def unindexed(self) -> int | None:
        """The first year of which the price index is needed, and not known."""
        base = self.target.constant_year
        if base is None:
            return None
        observed = () if self.target.baseline_value is not None else self._baseline_years
        needed = [base, *self.years, *(year for year in observed if self.series.get(year, Stated()).value is not None)]
        return next((year for year in needed if self.index(year) is None), None)

    @property
    def _baseline_years(self) -> tuple[int, ...]:
        if self.target.baseline_kind == "none":
            return ()
        return self.target.baseline_years or (self.target.reference_year,)

    @cached_property
    def is_simulated(self) -> bool:
        """Whether anything judged, or the baseline that it is judged from, was invented."""
        observed = () if self.target.baseline_value is not None else self._baseline_years
        return any(self.series.get(year, Stated()).is_simulated for year in (*self.years, *observed))

    @cached_property
    def broken(self) -> int | None:
        """The first year of another method of measuring, between the baseline and the year judged."""
        return min((year for year in self.target.measure.breaks if self.origin < year <= self.year), default=None)
