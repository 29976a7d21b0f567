"""Wilson's interval: known figures, the ends of the scale, and what has no share."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.bibliometrics.domain.interval import wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (5, 10, "0.2366", "0.7634"),
        (10, 100, "0.0552", "0.1744"),
        (0, 10, "0", "0.2775"),
        (10, 10, "0.7225", "1"),
        (1, 1, "0.2065", "1"),
    ],
)
def test_the_interval_is_that_of_the_published_tables(successes: int, n: int, low: str, high: str) -> None:
    found = [end.quantize(Decimal("0.0001")) for end in wilson(successes, n)]
    assert found == [Decimal(low), Decimal(high)]


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_has_no_interval(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="n’est pas une part"):
        wilson(successes, n)


@given(st.integers(1, 300_000), st.data())
def test_the_share_lies_in_its_interval_which_mirrors_that_of_the_rest(n: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    assert 0 <= low <= Decimal(successes) / n + Decimal("1e-6")
    assert Decimal(successes) / n - Decimal("1e-6") <= high <= 1
    assert wilson(n - successes, n) == (1 - high, 1 - low)
