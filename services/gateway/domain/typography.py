"""Figures as French prints them: thin spaces, decimal comma, true minus, points never taken for percent."""

import re
from decimal import Decimal

from .targets import Measure
from .values import WIDE, rounded

_THIN, _NO_BREAK, _MINUS = "\u202f", "\u00a0", "\u2212"
_HOLDS, _HOLDS_THIN = re.compile(" (?=[:»%€])|(?<=«) "), re.compile(" (?=[;?!])")
_BEYOND, _FEW = 2, 10
_PLURAL_FROM = 2
_HUNDRED = Decimal(100)


def typeset(sentence: str) -> str:
    """A sentence whose double signs, percent and euro hold to the word before them."""
    return _HOLDS_THIN.sub(_THIN, _HOLDS.sub(_NO_BREAK, sentence))


def marked(sentence: str, simulated: bool) -> str:
    """A sentence that says of itself that it speaks of invented values."""
    return f"[Simulé] {sentence}" if simulated else sentence


def number(value: Decimal, decimals: int) -> str:
    """A figure with its printed decimals, and up to two more where they differ from zero; a large count has none."""
    is_large_count = decimals == 0 and value.copy_abs() >= _FEW
    figure = rounded(value, decimals if is_large_count else decimals + _BEYOND)
    whole, _, rest = format(figure.copy_abs(), "f").partition(".")
    rest = rest.rstrip("0").ljust(decimals, "0")
    sign = _MINUS if figure < 0 else ""
    return sign + _thousands(whole) + (f",{rest}" if rest else "")


def _thousands(digits: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head], *(digits[place : place + 3] for place in range(head, len(digits), 3))]
    return _THIN.join(group for group in groups if group)


def quantity(value: Decimal, measure: Measure) -> str:
    """A figure with its unit: 14 460 étudiants, 39,9 %, 6,2 M€."""
    return f"{number(value, measure.decimals)}{_NO_BREAK}{measure.unit}".rstrip(_NO_BREAK)


def level(value: Decimal, measure: Measure) -> str:
    """A figure beside one that has its unit already: a rate alone keeps its sign."""
    return quantity(value, measure) if measure.is_rate else number(value, measure.decimals)


def difference(value: Decimal, measure: Measure) -> str:
    """A distance without its sign, beside a figure that has its unit already; in points for a rate."""
    size = value.copy_abs()
    least = Decimal(1).scaleb(-measure.decimals - _BEYOND)
    if 0 < size < least:
        return f"moins de {difference(least, measure)}"
    points = f"{_NO_BREAK}{'pts' if size >= _PLURAL_FROM else 'pt'}" if measure.is_rate else ""
    return number(size, measure.decimals) + points


def percent(ratio: Decimal) -> str:
    """A signed ratio in percent with one decimal: 0.1480 is +14,8 %."""
    points = rounded(WIDE.multiply(ratio, _HUNDRED), 1)
    sign = "" if points == 0 else _MINUS if points < 0 else "+"
    return f"{sign}{number(points.copy_abs(), 1)}{_NO_BREAK}%"
