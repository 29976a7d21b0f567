"""How sure a share of a small set is: Wilson's 95 % interval."""

from decimal import Context, Decimal, localcontext

_Z = Decimal("1.959963984540054")
"""The 97.5th percentile of the standard normal distribution."""
_WIDE = Context(prec=40)
_MILLIONTH = Decimal("0.000001")
_ZERO, _ONE = Decimal(0), Decimal(1)


def wilson(successes: int, n: int) -> tuple[Decimal, Decimal]:
    """The two ends of the interval, between 0 and 1, to six decimals (Wilson, JASA 22, 1927); of nothing, an error."""
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"{successes} sur {n} n’est pas une part")
    with localcontext(_WIDE):
        share, square = Decimal(successes) / n, _Z * _Z
        middle = share + square / (2 * n)
        margin = _Z * (share * (1 - share) / n + square / (4 * n * n)).sqrt()
        whole = 1 + square / n
        return _bounded((middle - margin) / whole), _bounded((middle + margin) / whole)


def _bounded(value: Decimal) -> Decimal:
    return min(max(value, _ZERO), _ONE).quantize(_MILLIONTH)
