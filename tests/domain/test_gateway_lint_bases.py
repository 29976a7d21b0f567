"""The lint of current and constant euros where a baseline is zero or negative, or the figures have thirty digits."""

from decimal import Decimal, localcontext
from typing import Any

import pytest

from .test_gateway_lint import CONSTANT, CURRENT, MONEY, PRICES, Told, bases, indicator, target, told

LONG = "12345678901234567890.0123456789"


@pytest.mark.parametrize(
    "targets",
    [
        [{**CONSTANT, "value": "5", "level": "92"}],
        [{**CURRENT, "operand": "value", "value": "10.0"}, CONSTANT],
        [CURRENT, CONSTANT],
    ],
)
def test_nothing_follows_from_a_growth_from_zero(targets: list[dict[str, Any]]) -> None:
    found = told({"grants/ville": {2023: "0"}}, indicators=[MONEY], targets=targets, **PRICES)
    assert [each for each in found if each[1] == "contradicting-bases"] == []


@pytest.mark.parametrize(("level", "agrees"), [("-92.1", True), ("-80.1", True), ("-94", False)])
def test_a_growth_from_below_zero_is_a_loss_that_grows(level: str, *, agrees: bool) -> None:
    """−76,3 × 1,05 = −80,1, and the range of « 5 » turns round: from −80,5 to −79,7."""
    found = bases({**CONSTANT, "value": "5", "level": level, "text": "+5 %"}, start="-76.3")
    assert (not [each for each in found if each[1] == "contradicting-bases"]) is agrees


def test_a_price_index_that_is_not_positive_is_none() -> None:
    prices = {
        **PRICES,
        "deflator_values": [{**PRICES["deflator_values"][0], "value": "-1"}, PRICES["deflator_values"][1]],
    }
    targets = [{**CONSTANT, "value": "5", "level": "94"}]
    assert told({"grants/ville": {2023: "76.3"}}, indicators=[MONEY], targets=targets, **prices) == []


def _found() -> list[Told]:
    """Figures of thirty digits in both euros, and entities that are one hundred-millionth short of the group."""
    euros = [{**CURRENT, "operand": "value", "value": LONG, "text": "X"}, {**CONSTANT, "level": LONG, "text": "Y"}]
    short = [target(LONG), target(LONG, entity="nord"), target("-0.0000000001", entity="sud")]
    observed = {"grants/ville": {2023: "9.2"}, "visits/ville": {2023: "100"}}
    return told(observed, indicators=[MONEY, indicator()], targets=[*euros, *short], **PRICES)


def test_the_lint_says_the_same_at_any_ambient_precision() -> None:
    expected = _found()
    with localcontext(prec=9):
        assert _found() == expected
    assert [each[1] for each in expected].count("contradicting-bases") == 2
    assert "commitments-short" in [each[1] for each in expected]
    assert Decimal(LONG) > 0
