"""Where a series leads if it goes on as it did: a value in a coming year, and the interval around it.

The method is the random walk with drift: from the last value, the mean yearly change is repeated; the interval comes
from the dispersion of the past changes and widens with the horizon, `t · s · √(h · (1 + h/n))` for n changes and h
years (R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., § 5.2 and 5.5), with
Student's t on n − 1 degrees of freedom in the place of the normal quantile, since few changes estimate s.

Why not a straight line through the points: a yearly count of students or euros starts from last year's, so that its
deviations add up; least squares take them for independent, and answer with intervals that are too narrow for four to
ten points (`docs/back-test.md` shows both on the contract 2018-2022). Nothing here is fitted beyond a mean and a
dispersion, and a reader can do it again by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from services.gateway.domain.targets import Measure
from services.gateway.domain.values import WIDE, total

from .past import Past

METHOD = "random-walk-with-drift"
CONFIDENCE = Decimal("0.80")
FEWEST_CHANGES = 3
"""Four values, or three summed from a baseline: two changes give a dispersion of one degree of freedom."""

# Student's quantiles at 0.90 (80 % between both tails) for 1, 2, 3… degrees of freedom; beyond, the normal one.
_TEN_THOUSANDTHS = (
    30777, 18856, 16377, 15332, 14759, 14398, 14149, 13968, 13830, 13722, 13634, 13562, 13502, 13450, 13406,
    13368, 13334, 13304, 13277, 13253, 13232, 13212, 13195, 13178, 13163, 13150, 13137, 13125, 13114, 13104,
)  # fmt: skip
_STUDENT = tuple(Decimal(each).scaleb(-4) for each in _TEN_THOUSANDTHS)
_NORMAL = Decimal("1.2816")
_ONE, _SIX, _ZERO, _HUNDRED = Decimal(1), Decimal(6), Decimal(0), Decimal(100)


class Unknown(StrEnum):
    """Why nothing is projected."""

    TOO_SHORT = "too-short"  # fewer than three changes in a row: « historique insuffisant »
    METHOD_BREAK = "method-break"  # the method changes between the last value and the year projected
    NO_INDEX = "no-index"  # constant euros, without the price index of the years that count
    YEAR_REACHED = "year-reached"  # nothing is left to project


@dataclass(frozen=True, slots=True)
class Forecast:
    """A value and its interval, in the measure's unit and printed decimals; the ends are rounded outwards."""

    value: Decimal
    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def project(known: Past, measure: Measure, year: int) -> Forecast | Unknown:
    """The series of `known` in a later year."""
    last, run = known.last, known.run
    if last is not None and last >= year:
        return Unknown.YEAR_REACHED
    if known.unindexed and (last is None or max(known.unindexed) > last or len(run) < FEWEST_CHANGES):
        return Unknown.NO_INDEX
    if last is None or len(run) < FEWEST_CHANGES:
        return Unknown.TOO_SHORT
    if any(last < each <= year for each in measure.breaks):
        return Unknown.METHOD_BREAK
    value = WIDE.add(known.values[last], WIDE.multiply(mean(run), Decimal(year - last)))
    reach = _reach(run, measure, year - last)
    return _possible(Forecast(value, WIDE.subtract(value, reach), WIDE.add(value, reach)), known, measure)


def mean(changes: Sequence[Decimal]) -> Decimal:
    return WIDE.divide(total(changes), Decimal(len(changes)))


def _reach(run: Sequence[Decimal], measure: Measure, horizon: int) -> Decimal:
    """Half the interval's width, in the measure's unit."""
    years, count = Decimal(horizon), Decimal(len(run))
    growing = WIDE.multiply(years, WIDE.add(_ONE, WIDE.divide(years, count)))
    variance = max(_variance(run), _rounding(measure))
    return WIDE.multiply(_student(len(run) - 1), WIDE.sqrt(WIDE.multiply(variance, growing)))


def _variance(run: Sequence[Decimal]) -> Decimal:
    centre = mean(run)
    squares = [WIDE.power(WIDE.subtract(each, centre), 2) for each in run]
    return WIDE.divide(total(squares), Decimal(len(run) - 1))


def _rounding(measure: Measure) -> Decimal:
    """The variance that the printed decimals alone give a change: two roundings, each of variance unit²/12."""
    return WIDE.divide(_ONE.scaleb(-2 * measure.decimals), _SIX)


def _student(freedom: int) -> Decimal:
    return _STUDENT[freedom - 1] if freedom <= len(_STUDENT) else _NORMAL


def _possible(found: Forecast, known: Past, measure: Measure) -> Forecast:
    """Rounded to the printed decimals, and held within what the values have shown possible: no count below zero."""
    unit = _ONE.scaleb(-measure.decimals)
    ends = ((found.value, ROUND_HALF_UP), (found.low, ROUND_FLOOR), (found.high, ROUND_CEILING))
    return Forecast(*(_held(each.quantize(unit, rounding, WIDE), known, measure) for each, rounding in ends))


def _held(value: Decimal, known: Past, measure: Measure) -> Decimal:
    """Not below zero where no value was, nor a rate beyond 100 where none was."""
    values = known.values.values()
    value = WIDE.add(value, _ZERO)  # no zero below zero
    if value < 0 <= min(values):
        return _ZERO
    return _HUNDRED if measure.is_rate and value > _HUNDRED >= max(values) else value
