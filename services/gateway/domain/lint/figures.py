"""Figures as they are printed: how precise they are, whether two of them agree, and how French writes them."""

from decimal import Decimal

from services.gateway.domain.targets import Measure
from services.gateway.domain.typography import number, quantity
from services.gateway.domain.values import WIDE, places, rounded

_NO_BREAK = "\u00a0"
_SIGNS = {"percent": "%", "points": "pts"}
_HALF = Decimal("0.5")


def agree(one: Decimal, other: Decimal) -> bool:
    """Whether both are the same figure, to the precision of the less precise."""
    decimals = min(places(one), places(other))
    return rounded(one, decimals) == rounded(other, decimals)


def half_unit(printed: Decimal) -> Decimal:
    """How far from a printed figure the true one may lie: half a unit of its last decimal."""
    return _HALF.scaleb(-places(printed), WIDE)


def with_unit(value: Decimal, measure: Measure) -> str:
    """A figure as it is printed, or a computed one to the measure's decimals: 16 450 étudiants, 9,3 M€."""
    computed = places(value) > measure.decimals + 2
    return quantity(rounded(value, measure.decimals) if computed else value, measure)


def plain(value: Decimal) -> str:
    """A figure with its own decimals, without unit."""
    return number(value, places(value))


def signed(value: Decimal, unit: str) -> str:
    """A change with its sign: +17,4 %, −2,0 pts."""
    sign = "+" if value > 0 else ""
    return f"{sign}{plain(value)}{_NO_BREAK}{_SIGNS[unit]}" if unit in _SIGNS else f"{sign}{plain(value)}"
