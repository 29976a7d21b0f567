"""Values as they are compared and shown: changes since a baseline, sums over years, printed decimals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce

POINTS_UNIT = "%"
SIMULATED = "simulated"
_RATIO = Decimal("0.0001")
_BEYOND = 6
_NOISE = Decimal("1e-100")
WIDE = Context(prec=200, rounding=ROUND_HALF_UP)  # storable values, grown, converted, divided or padded, fit in it

Series = Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """What an entity stated for a year: a value, or the reason for its absence, or nothing at all.

    `status` is `provisional`, `definitive` or `simulated`, none where nothing was stated.
    """

    value: Decimal | None = None
    absence: str | None = None
    status: str | None = None

    @property
    def is_simulated(self) -> bool:
        return self.status == SIMULATED


@dataclass(frozen=True, slots=True)
class Change:
    """A change in the indicator's unit (points for a rate), and as a ratio with four decimals (0.1480 is +14,8 %)."""

    absolute: Decimal | None = None
    relative: Decimal | None = None


def change(baseline: Decimal | None, value: Decimal | None, unit: str) -> Change:
    """The change from the baseline. A rate changes in points only; nothing grows from zero or from the unknown."""
    if baseline is None or value is None:
        return Change()
    absolute = WIDE.subtract(value, baseline)
    if unit == POINTS_UNIT or baseline == 0:
        return Change(absolute)
    return Change(absolute, WIDE.divide(absolute, baseline.copy_abs()).quantize(_RATIO, context=WIDE))


def accumulated(series: Series, after: int, until: int) -> Decimal | None:
    """The sum of the years `after` + 1 to `until`; unknown where any of them is."""
    values = [series.get(year) for year in range(after + 1, until + 1)]
    known = [value for value in values if value is not None]
    return total(known) if known and len(known) == len(values) else None


def settled(value: Decimal) -> Decimal:
    """A computed value without what dividing in so many digits left far beyond any genuine difference."""
    clean = value.quantize(_NOISE, context=WIDE)
    return value if clean == value else clean.normalize(WIDE)


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    return reduce(WIDE.add, values, Decimal(0))


def places(value: Decimal) -> int:
    """The decimals that a figure was stated with."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(-exponent, 0)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, to these decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), context=WIDE)


def shown(value: Decimal | None, decimals: int) -> str | None:
    """A decimal string with at least the printed decimals, and never fewer than were stated."""
    if value is None:
        return None
    return format(rounded(value, max(places(value), decimals)), "f")


def tidy(value: Decimal | None, decimals: int) -> str | None:
    """A computed decimal: no zeros beyond the printed decimals, and not more than six digits beyond them."""
    if value is None:
        return None
    return shown(rounded(value, decimals + _BEYOND).normalize(WIDE), decimals)
